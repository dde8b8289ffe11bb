-- Reads entries, and grants leases to fill those that miss or are stale.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1] max bytes of values and metadata to return [2] max bytes of one value [3] ms that a fill
--             lease lives, '' to grant none; [4..] 2 an entry: the token of its lease, and the metadata that
--             the caller knows to be invalidated, or ''
-- returns:    now µs, then an entry {state, value, metadata, ms until it expires, token of the lease that is
--             granted, ms until that expires}; state: value, negative, absent, later (no room), too_large or
--             wrong_type
-- uses:       prelude: now
--             cache_entry.lua: call, entry_at, value_size, value_digest
--             cache_metadata.lua: read_metadata, etag_matches, expiry_is_unchanged
--             cache_fill_lease.lua: grant_fill_lease
-- complexity: O(bytes of values returned), and again of those that are stale or invalidated, for digests
local bytes_left, max_value_bytes, lease_lifetime = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]

local function read_entry(entry, token, invalidated_metadata)
  local size = value_size(entry)
  if not size then return {'wrong_type'} end
  if size > max_value_bytes then return {'too_large'} end
  local metadata, etag, expires_at, stale_at = read_metadata(entry)
  size = size + (metadata and #metadata or 0)
  if size > bytes_left then return {'later'} end

  local value = call('GET', entry.key)
  local value_in_redis = value
  if metadata and metadata == invalidated_metadata and etag_matches(etag, value) then
    if lease_lifetime ~= '' and expiry_is_unchanged(entry, value, expires_at) then
      call('UNLINK', entry.key, entry.meta)
      value_in_redis = false
    end
    metadata, value = false, false
  end

  local is_negative = metadata and etag == '-' and not value
  local needs_fill = not (value or is_negative)
  if value and metadata and stale_at > 0 and stale_at <= now then needs_fill = etag == value_digest(value) end
  local holder, lease_expires_in = '', 0
  if needs_fill then
    holder, lease_expires_in = grant_fill_lease(entry, token, lease_lifetime, value_in_redis)
  end

  bytes_left = bytes_left - size
  if value then
    return {'value', value, metadata or '', call('PTTL', entry.key), holder, lease_expires_in}
  end
  if is_negative then
    return {'negative', '', metadata, call('PTTL', entry.meta), holder, lease_expires_in}
  end
  return {'absent', '', '', 0, holder, lease_expires_in}
end

local reply = {string.format('%.0f', now)}
for i = 1, #KEYS / 3 do
  reply[i + 1] = read_entry(entry_at(i), ARGV[2 * i + 2], ARGV[2 * i + 3])
end
return reply
