-- Reads a page of the names in the index.
-- KEYS:       [1..2] as queue_index.lua says
-- ARGV:       [1] first name and [2] last name, as ZRANGE BYLEX takes them [3] max names [4] us after which a
--             name is stale
-- returns:    3 a name: the name, the instant at which it was last confirmed as text, 1 if it is stale or 0
-- uses:       queue_index.lua: names, confirmed
-- complexity: O(k log n) for k of n names
local first, last, max_names, stale_us = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local rows = {}
for _, queue in ipairs(redis.call('ZRANGE', names, first, last, 'BYLEX', 'LIMIT', 0, max_names)) do
  local confirmed_at = tonumber(redis.call('ZSCORE', confirmed, queue) or 0)
  rows[#rows + 1] = queue
  rows[#rows + 1] = string.format('%.0f', confirmed_at)
  rows[#rows + 1] = confirmed_at <= now - stale_us and 1 or 0
end
return rows
