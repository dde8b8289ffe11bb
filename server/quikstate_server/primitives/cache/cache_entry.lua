-- Names the Redis keys of an entry, and publishes what happens to it.
-- KEYS:       3 an entry: its value, its metadata and its fill lease, in this order
-- ARGV:       none of its own
-- defines:    call; entry_at(i), value_size(entry), value_digest(value), publish_change(entry, change)
-- complexity: O(1); value_digest is O(bytes)
--
-- key    string  the legacy key: the value, as raw Redis clients read and write it; none for a negative entry
-- meta   string  the metadata, as cache_metadata.lua says; none if nothing is known of the value
-- lease  string  `token granted_at digest`: µs when granted, and the SHA-1 of the value then, or nothing
local call = redis.call

local function entry_at(i)
  return {key = KEYS[3 * i - 2], meta = KEYS[3 * i - 1], lease = KEYS[3 * i]}
end

-- False if the key holds a value of another type.
local function value_size(entry)
  local size = redis.pcall('STRLEN', entry.key)
  return type(size) == 'number' and size
end

local function value_digest(value)
  return value and redis.sha1hex(value) or ''
end

-- The channel has the metadata's key with `changed` in place of `meta`.
local function publish_change(entry, change)
  call('PUBLISH', entry.meta:sub(1, -5) .. 'changed', change)
end
