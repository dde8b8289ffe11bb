-- Ends a lease on one resource, or deletes the lock whoever holds it.
-- KEYS:       those of lock_resource.lua
-- ARGV:       those of lock_resource.lua
-- uses:       lock_resource.lua: call, publish_change
--             lock_grant_lease.lua: expire_with_last_holder
-- defines:    delete_lock(lock): 1 if it existed, else 0; end_lease(lock, lease_id): whether it was held
-- complexity: O(log n) for n holders
local function delete_lock(lock)
  lock.value, lock.is_shared, lock.holder_count = false, false, 0
  return call('DEL', lock.key)
end

local function end_lease(lock, lease_id)
  local may_hold = lock.is_shared or lock.value == lease_id
  if not may_hold or call('HDEL', lock.leases, lease_id) == 0 then return false end

  if lock.is_shared then lock.holder_count = lock.holder_count - call('ZREM', lock.holders, lease_id) end
  if lock.is_shared and lock.holder_count > 0 then
    expire_with_last_holder(lock)
  else
    delete_lock(lock)
  end
  publish_change(lock)
  return true
end
