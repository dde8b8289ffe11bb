-- Reads what is known of a value beside its bytes: when it is stale, and which versions its tags had.
-- KEYS:       those of cache_entry.lua
-- ARGV:       none
-- defines:    read_metadata(entry), etag_matches(etag, value), expiry_is_unchanged(entry, value, expires_at)
-- uses:       cache_entry.lua: call
-- complexity: O(1); etag_matches is O(bytes)
--
-- The metadata is `etag expires_at kept_until stale_at tags`:
--   etag        the SHA-1 of the value that it was written for, or - for a negative entry
--   expires_at  ms when that value was to expire
--   kept_until  ms until when the metadata is kept: longer, as a raw Redis client may extend a value's TTL
--   stale_at    µs from when the value is stale, or 0 for never
--   tags        a line `version tag` for each tag
-- It holds for the value of that etag alone. A value without metadata is a raw Redis client's.

-- Returns the metadata, its etag, expires_at and stale_at; nothing if it does not have this form.
local function read_metadata(entry)
  local metadata = redis.pcall('GET', entry.meta)
  if type(metadata) ~= 'string' then return end
  local etag, expires_at, stale_at = metadata:match('^(%S+) (%d+) %d+ (%d+) ')
  if etag then return metadata, etag, tonumber(expires_at), tonumber(stale_at) end
end

local function etag_matches(etag, value)
  return etag == (value and redis.sha1hex(value) or '-')
end

-- With another expiry the same value may be a raw Redis client's, which wrote it anew: the server must not
-- delete that.
local function expiry_is_unchanged(entry, value, expires_at)
  return not value or call('PEXPIRETIME', entry.key) == expires_at
end
