-- What is known of a value beside its bytes: when it is stale, and which versions its tags had.
-- KEYS:       those of cache_entry.lua
-- ARGV:       none
-- defines:    metadata_of(e), describes(etag, value), untouched(e, value, expires)
-- complexity: O(1); describes is O(bytes)
--
-- The meta is `etag expires kept soft tags`: the SHA-1 of the value that it was written for, or - for a
-- negative entry; ms when that was to expire; ms until when the meta is kept, which is longer, since a raw
-- client may prolong a value; µs from when it is stale, or 0; a line `version tag` for each tag. Of another
-- value it says nothing, and a value without it is a raw client's.

-- The meta, its etag, and when its value was to expire and is stale; nothing where it is not as we write it.
local function metadata_of(e)
  local meta = redis.pcall('GET', e.meta)
  if type(meta) ~= 'string' then return end
  local etag, expires, soft = meta:match('^(%S+) (%d+) %d+ (%d+) ')
  if etag then return meta, etag, tonumber(expires), tonumber(soft) end
end

local function describes(etag, value)
  return etag == (value and redis.sha1hex(value) or '-')
end

-- With another expiry the same value may be a raw client's, who wrote it anew: that is not ours to delete.
local function untouched(e, value, expires)
  return not value or call('PEXPIRETIME', e.key) == expires
end
