-- Ends a lease and its place in queues, and hands the resources on.
-- KEYS:       7 a resource, as lock_state.lua says; then the memory, as lock_request.lua says, of a request
--             that names the lease
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id, or '' for the request's
--             [6] ms to remember the request [7] the stream which alone may renew it, or '' for any
-- returns:    1 if a resource was held until now, else 0
-- complexity: O(k log n) for k resources with n holders and waiters each
local lease, stream, released = ARGV[5], ARGV[7], 0
if request then
  local known, content = recall()
  remember(known, content, true, ARGV[6])
  lease = known or ''
end
for i = 1, math.floor(#KEYS / 7) do
  local r = resource(i)
  local renews = stream ~= '' and stream_of(r, lease) or '-'
  if renews == stream or renews == '-' then
    prune(r)
    if take(r, lease) then released = 1 else leave(r, lease) end
    hand_on(r)
  end
end
return released
