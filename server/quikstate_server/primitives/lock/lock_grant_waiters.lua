-- Grants a resource to the first of its waiters.
-- KEYS:       those of lock_resource.lua
-- ARGV:       those of lock_resource.lua
-- uses:       lock_resource.lua: call, claim_ms, channel_prefix, has_room
--             lock_grant_lease.lua: grant_lease
--             lock_waiters.lua: read_waiter, remove_waiter
-- defines:    conflicting_permits(lock, value), grant_next_waiters(lock, is_quiet), which sets
--             lock.waiter_count
-- complexity: O(log n) for n waiters, and O(m log n) for m that are granted or removed: 200 at most
-- With that limit no script occupies Redis for long. Each waiter that is granted a resource asks for it at
-- once, and that call grants the next.
local max_grants = math.max(1, math.floor(200 * 7 / #KEYS))

-- Returns how many permits the holders have, if the waiter asks for another number: nobody may wait for that.
local function conflicting_permits(lock, value)
  if not lock.is_shared or lock.value == value or not value:match('^shared:permits:') then return nil end
  return tonumber(lock.value:match('^shared:permits:(%d+)$'))
end

-- A waiter whose server is registered gets a claim: a lease that expires soon unless it is renewed. One that
-- waits for several resources is notified only, and takes all or none; meanwhile nobody passes it.
local function grant_next_waiters(lock, is_quiet)
  lock.waiter_count = call('ZCARD', lock.waiters)
  for _ = 1, max_grants do
    if lock.waiter_count == 0 then return end
    local lease_id = call('ZRANGE', lock.waiters, 0, 0)[1]
    local server, value, max_holders, info, is_multi = unpack(read_waiter(lock, lease_id))
    local is_alive = tonumber(call('ZSCORE', lock.servers, server) or 0) > now
    local is_grantable = is_alive and not conflicting_permits(lock, value)

    if is_grantable and not has_room(lock, value, max_holders) then return end
    if is_alive and not (is_quiet and is_multi) then
      call('PUBLISH', channel_prefix .. server, lease_id)
    end
    if is_grantable and is_multi then return end
    lock.waiter_count = lock.waiter_count - remove_waiter(lock, lease_id)
    if is_grantable then grant_lease(lock, lease_id, value, claim_ms, info) end
  end
end
