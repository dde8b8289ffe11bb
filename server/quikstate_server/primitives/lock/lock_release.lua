-- Ends a lease and its place in queues, and hands the resources on.
-- KEYS:       7 a resource, as lock_state.lua says; then the request's memory, if it is named by its id
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id, or '' for the request's [6] ms to remember the request
-- returns:    1 if a resource was held until now, else 0
-- complexity: O(k log n) for k resources with n holders and waiters each
local lease, request = ARGV[5], #KEYS % 7 == 1 and KEYS[#KEYS]
if request then
  lease = (call('GET', request) or ''):match('%S*')
  call('SET', request, lease .. ' given', 'PX', ARGV[6])
end
local released = 0
for i = 1, math.floor(#KEYS / 7) do
  local r = resource(i)
  prune(r)
  if take(r, lease) then released = 1 else leave(r, lease) end
  hand_on(r)
end
return released
