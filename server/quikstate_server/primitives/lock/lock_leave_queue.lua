-- Gives up a place in the queues, unless another server has taken it over.
-- KEYS:       7 a resource, as lock_resource.lua says
-- ARGV:       [1..4] as lock_resource.lua says; [5] lease id [6] server
-- returns:    1 if a place was given up, else 0
-- uses:       lock_resource.lua: lock_on, remove_expired_holders
--             lock_waiters.lua: read_waiter, remove_waiter
--             lock_grant_waiters.lua: grant_next_waiters
-- complexity: O(k log n) for k resources with n waiters each
local lease_id, server, removed = ARGV[5], ARGV[6], 0
for i = 1, #KEYS / 7 do
  local lock = lock_on(i)
  if read_waiter(lock, lease_id)[1] == server then
    removed = remove_waiter(lock, lease_id)
    remove_expired_holders(lock)
    grant_next_waiters(lock)
  end
end
return removed
