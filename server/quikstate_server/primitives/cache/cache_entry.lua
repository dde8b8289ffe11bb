-- What every cache script knows of an entry: its keys, whether they are ours, and who is to hear of it.
-- KEYS:       3 an entry: its key, its meta and its lease, in this order
-- ARGV:       none of its own
-- defines:    entry(i), size_of(e), digest(value), tell(e, what)
-- complexity: O(1); digest is O(bytes)
--
-- key    string  the seed's key: the value, as raw clients read and write it; none for a negative entry
-- meta   string  as cache_metadata.lua says, if there is anything to know of the value, or a negative entry
-- lease  string  `token granted etag`: µs when granted, and the SHA-1 of the value then, or nothing
local call = redis.call

local function entry(i)
  return {key = KEYS[3 * i - 2], meta = KEYS[3 * i - 1], lease = KEYS[3 * i]}
end

-- None if somebody else keeps something else there.
local function size_of(e)
  local size = redis.pcall('STRLEN', e.key)
  return type(size) == 'number' and size
end

local function digest(value)
  return value and redis.sha1hex(value) or ''
end

local function tell(e, what)
  call('PUBLISH', e.meta:sub(1, -5) .. 'changed', what)
end
