-- How a lease to fill an entry is given, and how it ends.
-- KEYS:       those of cache_entry.lua
-- ARGV:       none
-- defines:    claim(e, token, lifetime, value), redeem(e, wanted, etag, since)
-- complexity: O(bytes of the value), for its digest
local function lease_of(e)
  local held = redis.pcall('GET', e.lease)
  if type(held) == 'string' then return held:match('^(%S+) (%d+) (%S*)$') end
end

-- The token of whoever has the lease, and ms until it lapses. What is no lease, or would never lapse, is a raw
-- client's doing: nobody waits for that. A lifetime of '' gives none.
local function claim(e, token, lifetime, value)
  local holder = lease_of(e)
  local lapses = holder and call('PTTL', e.lease) or -1
  if lapses >= 0 then return holder, lapses end
  if lifetime == '' then return '', 0 end
  call('SET', e.lease, string.format('%s %.0f %s', token, now, digest(value)), 'PX', lifetime)
  return token, tonumber(lifetime)
end

-- What becomes of a fill, where `etag` is of the value that is there, or ''. Older than it seems is a lease from
-- after which the clock stepped back.
local function redeem(e, wanted, etag, since)
  local token, granted, seen = lease_of(e)
  if token ~= wanted then return 'lost' end
  call('DEL', e.lease)
  if etag ~= '' and etag ~= seen then return 'lost' end  -- a raw client wrote meanwhile
  local age = now - granted
  if since ~= '' and (age < 0 or age >= tonumber(since)) then return 'invalidated' end
  return 'stored'
end
