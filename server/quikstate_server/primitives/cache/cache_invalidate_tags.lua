-- Gives tags a new version, so that no entry that carries them is a hit any more.
-- KEYS:       [1..] a version for each tag, as cache_touch_tags.lua says
-- ARGV:       [1] ms to keep it: longer than a fill lease, so that a fill begun before is refused
-- returns:    the number of tags
-- uses:       prelude: now
-- complexity: O(1) a tag
-- Entries with the old version stay invalidated whether the new one still exists or not. The version rises
-- even if the clock steps back. A value that a raw Redis client wrote and that cannot be raised is replaced.
local keep = ARGV[1]

for _, key in ipairs(KEYS) do
  local version = redis.pcall('GET', key)
  local last = type(version) == 'string' and tonumber(version:match('^%+?(%d+)$')) or 0
  if last >= 2 ^ 53 - 1 then last = 0 end
  redis.call('SET', key, string.format('%.0f', math.max(now, last + 1)), 'PX', keep)
  redis.call('PUBLISH', key:sub(1, -8) .. 'invalidated', '')
end

return #KEYS
