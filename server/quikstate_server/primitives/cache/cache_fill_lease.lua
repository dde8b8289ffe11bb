-- Grants and redeems the lease to fill an entry.
-- KEYS:       those of cache_entry.lua
-- ARGV:       none
-- defines:    grant_fill_lease(entry, token, lifetime, value),
--             redeem_fill_lease(entry, token, etag, invalidated_ago)
-- uses:       prelude: now
--             cache_entry.lua: call, value_digest
-- complexity: O(bytes of the value), for its digest
local function read_fill_lease(entry)
  local lease = redis.pcall('GET', entry.lease)
  if type(lease) == 'string' then return lease:match('^(%S+) (%d+) (%S*)$') end
end

-- Grants a lease unless one lives already. Returns the token of the lease that lives, and ms until it
-- expires. A lifetime of '' grants none.
-- A raw Redis client may have put something else there, or a lease without a TTL: nobody waits for that.
local function grant_fill_lease(entry, token, lifetime, value)
  local holder = read_fill_lease(entry)
  local expires_in = holder and call('PTTL', entry.lease) or -1
  if expires_in >= 0 then return holder, expires_in end
  if lifetime == '' then return '', 0 end
  call('SET', entry.lease, string.format('%s %.0f %s', token, now, value_digest(value)), 'PX', lifetime)
  return token, tonumber(lifetime)
end

-- Ends the lease and returns the outcome of the fill. `etag` is that of the present value, or ''.
-- `invalidated_ago` is µs since a tag of the entry was invalidated, or ''. A negative age means that the
-- clock stepped back after the grant: such a lease counts as older than the invalidation.
local function redeem_fill_lease(entry, token, etag, invalidated_ago)
  local holder, granted_at, etag_at_grant = read_fill_lease(entry)
  if holder ~= token then return 'lost' end
  call('DEL', entry.lease)
  if etag ~= '' and etag ~= etag_at_grant then return 'lost' end  -- a raw Redis client wrote meanwhile
  local age = now - granted_at
  if invalidated_ago ~= '' and (age < 0 or age >= tonumber(invalidated_ago)) then return 'invalidated' end
  return 'stored'
end
