-- Removes entries, and cancels the leases to fill them.
-- KEYS:       as cache_entry.lua says
-- ARGV:       none
-- returns:    an entry 1 if it existed, 0 if not, -1 if its key holds a value of another type
-- uses:       cache_entry.lua: call, entry_at, value_size, publish_change
-- complexity: O(1) an entry
local results = {}

for i = 1, #KEYS / 3 do
  local entry = entry_at(i)
  results[i] = -1
  if value_size(entry) then
    local was_negative = redis.pcall('GETRANGE', entry.meta, 0, 1) == '- '
    results[i] = math.max(call('UNLINK', entry.key), was_negative and 1 or 0)
    call('UNLINK', entry.meta, entry.lease)
    publish_change(entry, 'deleted')
  end
end

return results
