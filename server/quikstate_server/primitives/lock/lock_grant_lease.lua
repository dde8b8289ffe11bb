-- Grants a lease on one resource, and extends it.
-- KEYS:       those of lock_resource.lua
-- ARGV:       those of lock_resource.lua
-- uses:       lock_resource.lua: call, failover_epoch, token_memory_ms, publish_change
--             lock_fencing_tokens.lua: format_integer, format_token, read_tokens
-- defines:    expire_with_last_holder(lock), renew_lease(lock, lease_id, ttl_ms),
--             grant_lease(lock, lease_id, value, ttl_ms, info): the token
-- complexity: O(log n) for n holders
local function expire_with_last_holder(lock)
  local last_expiry = call('ZREVRANGE', lock.holders, 0, 0, 'WITHSCORES')[2]
  local expires_at = format_integer(math.ceil(math.min(tonumber(last_expiry), 2 ^ 52) / 1000))
  call('SET', lock.key, lock.value, 'PXAT', expires_at)
  for _, key in ipairs({lock.holders, lock.leases}) do call('PEXPIREAT', key, expires_at) end
end

-- The leases expire no sooner than the lock: without its lease it would look like a raw Redis client's.
local function set_expiry(lock, lease_id, ttl_ms)
  if lock.is_shared then
    call('ZADD', lock.holders, format_integer(now + ttl_ms * 1000), lease_id)
    return expire_with_last_holder(lock)
  end
  call('SET', lock.key, lease_id, 'PX', ttl_ms)
  call('PEXPIRE', lock.leases, ttl_ms)
end

local function renew_lease(lock, lease_id, ttl_ms)
  set_expiry(lock, lease_id, ttl_ms)
  call('PEXPIRE', lock.fence, token_memory_ms)
end

-- The token is higher than all earlier ones: a failover raises the epoch; otherwise seq is Redis's clock, or
-- one more than the last seq. A grant of a free resource makes all earlier tokens stale, those of SHARED
-- holders too: its token becomes the lowest that is not stale. A SHARED holder that joins others leaves that.
-- `value` is '' for EXCLUSIVE, else the lock's shared value. `info` has the stream that renews the lease, or
-- `-`, then owner and metadata.
local function grant_lease(lock, lease_id, value, ttl_ms, info)
  local last_epoch, last_seq, lowest_epoch, lowest_seq = read_tokens(lock.fence)
  local token = format_token(math.max(last_epoch, failover_epoch), math.max(last_seq + 1, now))
  local lowest = lock.value and format_token(lowest_epoch, lowest_seq) or token

  if not lock.value then  -- holders may be left whose lock a raw Redis client deleted
    if value ~= '' then call('ZREMRANGEBYRANK', lock.holders, 0, -1) end
    if call('HLEN', lock.leases) > 0 then call('DEL', lock.leases) end
  end
  lock.value = value == '' and lease_id or value
  lock.is_shared = value ~= ''
  lock.holder_count = lock.holder_count + 1

  call('SET', lock.fence, token .. ' ' .. lowest, 'PX', token_memory_ms)
  call('HSET', lock.leases, lease_id, token .. ' ' .. format_integer(now) .. ' ' .. info)
  set_expiry(lock, lease_id, ttl_ms)
  publish_change(lock)
  return token
end
