-- Removes entries, and cancels the leases to fill them.
-- KEYS:       as cache_entry.lua says
-- ARGV:       none
-- returns:    an entry 1 if there was one, 0 if not, -1 if its key holds something else
-- complexity: O(1) an entry
local answer = {}
for i = 1, #KEYS / 3 do
  local e = entry(i)
  answer[i] = -1
  if size_of(e) then
    local negative = redis.pcall('GETRANGE', e.meta, 0, 1) == '- '
    answer[i] = math.max(call('UNLINK', e.key), negative and 1 or 0)
    call('UNLINK', e.meta, e.lease)
    tell(e, 'deleted')
  end
end
return answer
