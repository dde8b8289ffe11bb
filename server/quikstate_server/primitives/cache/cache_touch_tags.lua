-- Makes sure that tags have versions, for an entry that is about to carry them.
-- KEYS:       [1..] a version for each tag
-- ARGV:       [1] ms that an entry will carry it, at most
-- returns:    a tag its version, and µs since it was invalidated, or -1 if it was not
-- uses:       prelude: now
-- complexity: O(1) a tag
-- A version is the TIME, in µs, of its last invalidation, or + and that of its creation. It is kept as long
-- as the longest entry that carries it: an entry whose tag has another version, or none, is no hit. A value
-- that is no version, since a raw Redis client wrote it, is replaced.
local keep = ARGV[1]
local versions = {}

for i, key in ipairs(KEYS) do
  local version = redis.pcall('GET', key)
  if type(version) == 'string' and #version <= 17 and version:find('^%+?%d+$') then
    redis.call('PEXPIRE', key, keep, 'GT')
  else
    version = string.format('+%.0f', now)
    redis.call('SET', key, version, 'PX', keep)
  end
  local invalidated_at = tonumber(version:match('^%d+$'))
  versions[i] = {version, invalidated_at and math.max(0, now - invalidated_at) or -1}
end

return versions
