-- Writes the value and the metadata of an entry, and ends its fill lease.
-- KEYS:       those of cache_entry.lua
-- ARGV:       none of its own
-- defines:    write_entry(entry, etag, value, ttl, soft_ttl, tags, keep): times in ms, soft_ttl 0 for never
-- uses:       prelude: now
--             cache_entry.lua: call
-- complexity: O(bytes)
-- A value without a soft TTL and without tags needs no metadata. Metadata outlives its value by `keep`;
-- that of a negative entry expires with the entry.
local function write_entry(entry, etag, value, ttl, soft_ttl, tags, keep)
  local is_negative = etag == '-'
  local expires_at = math.floor(now / 1000) + ttl
  local expires_at_text = string.format('%.0f', expires_at)
  local kept_until = is_negative and expires_at_text or string.format('%.0f', expires_at + keep)
  local stale_at = soft_ttl > 0 and now + soft_ttl * 1000 or 0

  if is_negative then
    call('UNLINK', entry.key)
  else
    call('SET', entry.key, value, 'PXAT', expires_at_text)
  end

  if is_negative or stale_at > 0 or tags ~= '' then
    local metadata = string.format('%s %s %s %.0f %s', etag, expires_at_text, kept_until, stale_at, tags)
    call('SET', entry.meta, metadata, 'PXAT', kept_until)
  else
    call('UNLINK', entry.meta)
  end

  call('DEL', entry.lease)
end
