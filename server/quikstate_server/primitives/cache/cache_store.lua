-- How an entry is written.
-- KEYS:       those of cache_entry.lua
-- ARGV:       none of its own
-- defines:    store(e, etag, value, lives, soft, tags, keep)
-- complexity: O(bytes)
-- A value without a soft TTL and without tags needs no meta. That of a value is kept `keep` ms longer.
local function store(e, etag, value, lives, soft, tags, keep)
  local expires = math.floor(now / 1000) + lives
  local px = string.format('%.0f', expires)
  local kept = etag == '-' and px or string.format('%.0f', expires + keep)
  local stale = soft > 0 and now + soft * 1000 or 0
  if etag == '-' then call('UNLINK', e.key) else call('SET', e.key, value, 'PXAT', px) end
  if etag == '-' or stale > 0 or tags ~= '' then
    call('SET', e.meta, string.format('%s %s %s %.0f %s', etag, px, kept, stale, tags), 'PXAT', kept)
  else
    call('UNLINK', e.meta)
  end
  call('DEL', e.lease)
end
