-- Takes a resource from the holder of one token, or from all holders, raw Redis clients too.
-- KEYS:       7, as lock_resource.lua says
-- ARGV:       [1..4] as lock_resource.lua says; [5] the token, or '' for every holder
-- returns:    1 if anyone held it, else 0
-- uses:       lock_resource.lua: call, lock_on, remove_expired_holders, token_of, publish_change
--             lock_grant_waiters.lua: grant_next_waiters
--             lock_end_lease.lua: delete_lock, end_lease
-- complexity: O(n) for n holders, and O(log n) for n waiters
local token = ARGV[5]
local lock, released = lock_on(1), 0
remove_expired_holders(lock)

if token == '' then
  released = delete_lock(lock)
  publish_change(lock)
else
  for _, lease_id in ipairs(call('HKEYS', lock.leases)) do
    if token_of(lock, lease_id) == token and end_lease(lock, lease_id) then released = 1 end
  end
end
grant_next_waiters(lock)
return released
