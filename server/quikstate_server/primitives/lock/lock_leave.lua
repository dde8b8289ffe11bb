-- Gives up a place in the queues, unless another server has taken it over.
-- KEYS:       7 a resource, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id [6] server
-- returns:    1 if a place was given up, else 0
-- complexity: O(k log n) for k resources with n waiters each
local lease, server, left = ARGV[5], ARGV[6], 0
for i = 1, #KEYS / 7 do
  local r = resource(i)
  if entry_of(r, lease)[1] == server then
    left = leave(r, lease)
    prune(r)
    hand_on(r)
  end
end
return left
