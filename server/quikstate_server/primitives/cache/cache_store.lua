-- How an entry is written.
-- KEYS:       those of cache_entry.lua
-- ARGV:       none of its own
-- defines:    store(e, etag, value, lives, soft, tags)
-- complexity: O(bytes)
-- A value without a soft TTL and without tags needs no meta. Returns how many ms it lives.
local function store(e, etag, value, lives, soft, tags)
  local at = math.floor(now / 1000)
  local expires = at + lives
  if tags ~= '' and etag ~= '-' then
    expires = signed(expires)
    if expires <= at then expires = expires + 1000 end
  end
  local px = string.format('%.0f', expires)
  local stale = soft > 0 and now + soft * 1000 or 0
  if etag == '-' then call('UNLINK', e.key) else call('SET', e.key, value, 'PXAT', px) end
  if etag == '-' or stale > 0 or tags ~= '' then
    call('SET', e.meta, string.format('%s %.0f %.0f %s', etag, now, stale, tags), 'PXAT', px)
  else
    call('UNLINK', e.meta)
  end
  call('DEL', e.lease)
  return expires - at
end
