-- Reads the lock on a resource: its keys, who still holds it, and whether another may join.
-- KEYS:       7 a resource: [1] lock [2] fence [3] holders [4] leases [5] queue [6] waiter entries
--             [7] servers
-- ARGV:       [1] failover epoch [2] ms of a claim [3] ms to remember tokens, longer than any TTL
--             [4] what precedes a server's id in the name of its channel
-- defines:    call, failover_epoch, claim_ms, token_memory_ms, channel_prefix, lock_on(index),
--             remove_expired_holders(lock), token_of(lock, lease_id), has_room(lock, value, max_holders),
--             publish_change(lock)
-- complexity: O(log n) for n holders, and O(m log n) for m that expired
--
-- A lease id is chosen when the lease is requested: until it is granted, the id names the waiter.
--
-- lock     string  a legacy key. Its value has the mode: the lease id (EXCLUSIVE), `shared:readers` (SHARED),
--                  `shared:permits:N` (SEMAPHORE), or any other value, which a raw Redis client wrote
-- fence    string  `epoch seq epoch seq`: the last fencing token, and the lowest that is not stale
-- leases   hash    lease id: epoch, seq, since, stream that renews it or `-`, owner and metadata
-- holders  zset    lease id by the instant it expires, if the lock is shared; EXCLUSIVE expires with the lock
-- queue    zset    `waiters` in Redis: lease id of a waiter by its number in the queue
-- entries  hash    `waiting` in Redis: lease id of a waiter, and its entry, as lock_waiters.lua says
-- servers  zset    server id by the instant until which it is registered as alive
local call = redis.call
local failover_epoch = math.min(tonumber(ARGV[1]), 2047)
local claim_ms, token_memory_ms, channel_prefix = ARGV[2], ARGV[3], ARGV[4]

local function lock_on(index)
  local at = (index - 1) * 7
  return {
    key = KEYS[at + 1], fence = KEYS[at + 2], holders = KEYS[at + 3], leases = KEYS[at + 4],
    queue = KEYS[at + 5], waiter_entries = KEYS[at + 6], servers = KEYS[at + 7],
    holder_count = 0,
  }
end

-- The lock's own key decides who holds it. Holders and leases that contradict it are ignored.
-- A shared value without holders was written by a raw Redis client: it holds the lock while the key exists.
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
  call('PUBLISH', lock.fence:sub(1, -6) .. 'events', '')
end
