-- Grants a resource to the next waiters, first come, first served, and notifies their servers.
-- KEYS:       those of lock_resource.lua
-- ARGV:       those of lock_resource.lua
-- uses:       lock_resource.lua: call, claim_ms, channel_prefix, has_room
--             lock_grant_lease.lua: grant_lease
--             lock_waiters.lua: read_waiter, remove_waiter
-- defines:    conflicting_permits(lock, value), grant_next_waiters(lock, is_acquiring), which
--             sets lock.waiter_count
-- complexity: O(log n) for n waiters, and O(m log n) for m that are granted or removed: 200 at most
-- With that limit no script occupies Redis for long. The server of each granted waiter runs lock_acquire.lua
-- at once, which grants the next ones.
local max_grants_per_script, keys_per_resource = 200, 7
local max_grants = math.max(1, math.floor(max_grants_per_script * keys_per_resource / #KEYS))

-- If the holders use another number of permits than the waiter, returns theirs, else nil. Such a waiter is
-- removed and gets an error.
local function conflicting_permits(lock, value)
  if not lock.is_shared or lock.value == value or not value:match('^shared:permits:') then return nil end
  return tonumber(lock.value:match('^shared:permits:(%d+)$'))
end

-- The next waiter is the first in the queue whose server is alive; waiters of dead servers are removed.
-- It gets a claim, which is a lease of claim_ms, and its lease id is published to its server. The server then
-- runs lock_acquire.lua for it, which gives the lease its whole TTL.
-- A waiter for several resources is only notified; it acquires all at once itself. Until then later waiters
-- stay blocked. lock_acquire.lua sets is_acquiring while it tries: it must not notify such a waiter, whose
-- own attempts would otherwise wake it for ever.
local function grant_next_waiters(lock, is_acquiring)
  lock.waiter_count = call('ZCARD', lock.queue)
  for _ = 1, max_grants do
    if lock.waiter_count == 0 then return end
    local lease_id = call('ZRANGE', lock.queue, 0, 0)[1]
    local server, value, max_holders, info, is_multi = unpack(read_waiter(lock, lease_id))
    local is_alive = tonumber(call('ZSCORE', lock.servers, server) or 0) > now
    local is_grantable = is_alive and not conflicting_permits(lock, value)

    if is_grantable and not has_room(lock, value, max_holders) then return end
    if is_alive and not (is_acquiring and is_multi) then
      call('PUBLISH', channel_prefix .. server, lease_id)
    end
    if is_grantable and is_multi then return end
    lock.waiter_count = lock.waiter_count - remove_waiter(lock, lease_id)
    if is_grantable then grant_lease(lock, lease_id, value, claim_ms, info) end
  end
end
