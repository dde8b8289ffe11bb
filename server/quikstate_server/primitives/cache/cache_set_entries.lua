-- Stores entries, each if its condition holds.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1] most bytes of values there to look at [2] ms to keep metas beyond their values; [3..] 9 an
--             entry: its condition ('', absent, etag, lease) and that etag or token; the meta known to be
--             invalid, or ''; µs since a tag of it was invalidated, or ''; the etag, - for a negative entry,
--             '' to abandon; the value; ms it lives; ms until stale, or 0; tags as in cache_metadata.lua
-- returns:    an entry {outcome, etag in the way, ms it lives}; outcome: stored, exists, changed, lost,
--             invalidated, abandoned, later (no room), large or foreign
-- complexity: O(bytes), those that are there too where there is a condition
local largest, keep = tonumber(ARGV[1]), tonumber(ARGV[2])
local room = largest

local function judge(e, size, condition, wanted, invalid, since)
  if condition == '' then return 'stored', '' end
  if condition ~= 'lease' and size > largest then return 'large', '' end
  if size <= largest and size > room then return 'later', '' end
  local value = size <= largest and call('GET', e.key)
  room = room - (value and size or 0)
  local etag = digest(value)
  local counts = invalid == '' or invalid ~= metadata_of(e) or invalid:match('^%S+') ~= etag
  if not counts then value, etag = false, '' end
  if condition == 'absent' then return value and 'exists' or 'stored', etag end
  if condition == 'etag' then return etag == wanted and 'stored' or 'changed', etag end
  return redeem(e, wanted, size > largest and 'large' or etag, since), ''
end

local answer = {}
for i = 1, #KEYS / 3 do
  local e = entry(i)
  local condition, wanted, invalid, since, etag, value, lives, soft, tags = unpack(ARGV, 9 * i - 6, 9 * i + 2)
  local size, outcome, there = size_of(e), 'foreign', ''
  if size then outcome, there = judge(e, size, condition, wanted, invalid, since) end
  if outcome == 'stored' and etag == '' then outcome = 'abandoned' end
  if outcome == 'stored' then
    store(e, etag, value, tonumber(lives), tonumber(soft), tags, keep)
    tell(e, 'set ' .. (etag == '-' and '' or etag))
  elseif outcome == 'lost' or outcome == 'invalidated' or outcome == 'abandoned' then
    tell(e, 'lease')
  end
  answer[i] = {outcome, there, tonumber(lives)}
end
return answer
