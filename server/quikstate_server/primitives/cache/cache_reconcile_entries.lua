-- Removes entries that a tag invalidated, and extends the TTL of metadata if a raw Redis client extended that
-- of the value. Leaves an entry that was written since its metadata was read.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1] max bytes of values to read [2] ms to keep metadata beyond its value [3] longest ms that a
--             value is taken to live; [4..] 2 an entry: the metadata that was read, and 1 if a tag
--             invalidated it, or 0
-- returns:    the number of entries that were removed
-- uses:       prelude: now
--             cache_entry.lua: call, entry_at, value_size
--             cache_metadata.lua: read_metadata, etag_matches, expiry_is_unchanged
-- complexity: O(bytes of values), for their digests
local bytes_left, keep, longest_ttl = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local function extend_metadata_ttl(entry, metadata)
  local ttl = call('PTTL', entry.key)
  if ttl < 0 or ttl > longest_ttl then ttl = longest_ttl end
  local kept_until = string.format('%.0f', math.floor(now / 1000) + ttl + keep)
  local before, after = metadata:match('^(%S+ %d+) %d+( .*)$')
  call('SET', entry.meta, before .. ' ' .. kept_until .. after, 'PXAT', kept_until)
end

local removed = 0
for i = 1, #KEYS / 3 do
  local entry, metadata_read, is_invalidated = entry_at(i), ARGV[2 * i + 2], ARGV[2 * i + 3] == '1'
  local size, metadata, etag, expires_at = value_size(entry), read_metadata(entry)
  if size and size <= bytes_left and metadata == metadata_read then
    bytes_left = bytes_left - size
    local value = call('GET', entry.key)
    local is_metadata_of_value = etag_matches(etag, value)
    if is_metadata_of_value and is_invalidated and expiry_is_unchanged(entry, value, expires_at) then
      removed = removed + math.min(1, call('UNLINK', entry.key, entry.meta))
    elseif is_metadata_of_value and value then
      extend_metadata_ttl(entry, metadata)
    end
  end
end
return removed
