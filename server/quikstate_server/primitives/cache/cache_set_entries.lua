-- Stores entries, each if its condition holds.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1..] 9 an entry: its condition ('', absent, etag, lease) and that etag or token; the meta that is
--             known to be invalid, or ''; µs since a tag of it was invalidated, or ''; the etag, - for a negative
--             entry, '' to abandon; the value; ms it lives; ms until stale, or 0; JSON of its tags' versions, or ''
-- returns:    an entry {outcome, etag in the way, ms it lives}
--             outcome: stored, exists, changed, lost, invalidated, abandoned or foreign
-- complexity: O(bytes), those that are there too where there is a condition
local function judge(e, condition, wanted, invalid, since)
  if not size_of(e) then return 'foreign', '' end
  if condition == '' then return 'stored', '' end
  local value = call('GET', e.key)
  local etag = digest(value)
  if invalid ~= '' and call('GET', e.meta) == invalid and invalid:match('^%S+') == etag then value, etag = false, '' end
  if condition == 'absent' then return value and 'exists' or 'stored', etag end
  if condition == 'etag' then return etag == wanted and 'stored' or 'changed', etag end
  local token, granted, seen = (call('GET', e.lease) or ''):match('^(%S+) (%d+) (%S*)$')
  if token ~= wanted then return 'lost', '' end
  call('DEL', e.lease)
  if value and etag ~= seen then return 'lost', '' end  -- a raw client wrote meanwhile
  if since ~= '' and now - granted >= tonumber(since) then return 'invalidated', '' end
  return 'stored', ''
end

local answer = {}
for i = 1, #KEYS / 3 do
  local e = entry(i)
  local condition, wanted, invalid, since, etag, value, lives, soft, tags = unpack(ARGV, 9 * i - 8, 9 * i)
  local outcome, there = judge(e, condition, wanted, invalid, since)
  if outcome == 'stored' and etag == '' then outcome = 'abandoned' end
  if outcome == 'stored' then lives = store(e, etag, value, tonumber(lives), tonumber(soft), tags) end
  if outcome ~= 'foreign' and outcome ~= 'exists' and outcome ~= 'changed' then
    tell(e, outcome == 'stored' and 'set ' .. (etag == '-' and '' or etag) or 'lease')
  end
  answer[i] = {outcome, there, tonumber(lives)}
end
return answer
