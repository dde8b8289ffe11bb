-- Stores entries, each if its condition holds.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1] max bytes of present values to compare with [2] ms to keep metadata beyond its value;
--             [3..] 9 an entry: its condition ('', absent, etag, lease) and that etag or token; the metadata
--             that the caller knows to be invalidated, or ''; µs since a tag of it was invalidated, or '';
--             the etag, - for a negative entry, '' to abandon; the value; its TTL in ms; its soft TTL in
--             ms, or 0; tags as in cache_metadata.lua
-- returns:    an entry {outcome, etag of the present value, TTL in ms}; outcome: stored, exists, changed,
--             lost, invalidated, abandoned, later (no room), too_large or wrong_type
-- uses:       cache_entry.lua: call, entry_at, value_size, value_digest, publish_change
--             cache_metadata.lua: read_metadata
--             cache_fill_lease.lua: redeem_fill_lease
--             cache_write_entry.lua: write_entry
-- complexity: O(bytes), those of present values too where there is a condition
local max_value_bytes, keep = tonumber(ARGV[1]), tonumber(ARGV[2])
local bytes_left = max_value_bytes

local function check_condition(entry, size, condition, expected, invalidated_metadata, invalidated_ago)
  if condition == '' then return 'stored', '' end
  local is_too_large = size > max_value_bytes
  if is_too_large and condition ~= 'lease' then return 'too_large', '' end
  if not is_too_large and size > bytes_left then return 'later', '' end

  local value = not is_too_large and call('GET', entry.key)
  bytes_left = bytes_left - (value and size or 0)
  local etag = value_digest(value)
  if invalidated_metadata ~= '' and invalidated_metadata == read_metadata(entry)
    and invalidated_metadata:match('^%S+') == etag then
    value, etag = false, ''
  end

  if condition == 'absent' then return value and 'exists' or 'stored', etag end
  if condition == 'etag' then return etag == expected and 'stored' or 'changed', etag end
  return redeem_fill_lease(entry, expected, is_too_large and 'too_large' or etag, invalidated_ago), ''
end

local results = {}
for i = 1, #KEYS / 3 do
  local entry = entry_at(i)
  local condition, expected, invalidated_metadata, invalidated_ago, etag, value, ttl, soft_ttl, tags =
    unpack(ARGV, 9 * i - 6, 9 * i + 2)
  local size, outcome, present_etag = value_size(entry), 'wrong_type', ''
  if size then
    outcome, present_etag =
      check_condition(entry, size, condition, expected, invalidated_metadata, invalidated_ago)
  end
  if outcome == 'stored' and etag == '' then outcome = 'abandoned' end

  if outcome == 'stored' then
    write_entry(entry, etag, value, tonumber(ttl), tonumber(soft_ttl), tags, keep)
    publish_change(entry, 'set ' .. (etag == '-' and '' or etag))
  elseif outcome == 'lost' or outcome == 'invalidated' or outcome == 'abandoned' then
    publish_change(entry, 'lease')
  end
  results[i] = {outcome, present_etag, tonumber(ttl)}
end
return results
