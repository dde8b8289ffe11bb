-- Reads the lock on a resource: its keys, who still holds it, and whether another may join.
-- KEYS:       7 a resource: [1] lock [2] fence [3] holders [4] leases [5] waiters [6] waiting [7] servers
-- ARGV:       [1] failover epoch [2] ms of a claim [3] ms to remember tokens, longer than any TTL
--             [4] what precedes a server's id in the name of its channel
-- defines:    call, failover_epoch, claim_ms, token_memory_ms, channel_prefix, lock_on(index),
--             remove_expired_holders(lock), token_of(lock, lease_id), has_room(lock, value, max_holders),
--             publish_change(lock)
-- complexity: O(log n) for n holders, and O(m log n) for m that expired
--
-- lock     string  of the legacy key layout: a lease id (EXCLUSIVE), `shared:…`, or a raw Redis client's value
-- fence    string  `epoch seq epoch seq`: the last fencing token, and the lowest that is not stale
-- leases   hash    lease id: epoch, seq, since, stream that renews it or `-`, owner and metadata
-- holders  zset    lease id by the instant it expires, if the lock is shared; EXCLUSIVE expires with the lock
-- waiters  zset    lease id by its number in the queue: one more than the last
-- waiting  hash    lease id: see lock_waiters.lua
-- servers  zset    server id by the instant until which it is registered as alive
local call = redis.call
local failover_epoch = math.min(tonumber(ARGV[1]), 2047)
local claim_ms, token_memory_ms, channel_prefix = ARGV[2], ARGV[3], ARGV[4]

local function lock_on(index)
  local at = (index - 1) * 7
  return {
    key = KEYS[at + 1], fencing_key = KEYS[at + 2], holders = KEYS[at + 3], leases = KEYS[at + 4],
    waiters = KEYS[at + 5], waiting = KEYS[at + 6], servers = KEYS[at + 7],
    holder_count = 0,
  }
end

-- The lock's key is the truth: its sidecars count only as far as they agree with it.
-- A value that only looks like ours has no holders: it is a raw Redis client's, as long as it exists.
local function remove_expired_holders(lock)
  lock.value = call('GET', lock.key)
  if not lock.value or lock.value:sub(1, 7) ~= 'shared:' then return end

  local expired = call('ZRANGEBYSCORE', lock.holders, '-inf', now)
  if expired[1] then call('ZREMRANGEBYSCORE', lock.holders, '-inf', now) end
  for i = 1, #expired, 1000 do
    call('HDEL', lock.leases, unpack(expired, i, math.min(i + 999, #expired)))
  end
  lock.holder_count = call('ZCARD', lock.holders)
  lock.is_shared = lock.holder_count > 0
end

local function token_of(lock, lease_id)
  local lease = (lock.is_shared or lock.value == lease_id) and call('HGET', lock.leases, lease_id)
  return lease and lease:match('^%d+ %d+')
end

local function has_room(lock, value, max_holders)
  return not lock.value or (lock.is_shared and lock.value == value and lock.holder_count < max_holders)
end

local function publish_change(lock)
  call('PUBLISH', lock.fencing_key:sub(1, -6) .. 'events', '')
end
