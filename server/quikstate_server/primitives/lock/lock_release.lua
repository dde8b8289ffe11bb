-- Ends a lease and its places in queues, and grants the resources to the next waiters.
-- KEYS:       7 a resource, as lock_resource.lua says; then the stored reply, as lock_request.lua says, of
--             the request for the lease, if it had an id
-- ARGV:       [1..4] as lock_resource.lua says; [5] lease id, or '' for the request's
--             [6] ms to store the reply [7] the stream that alone may release it, or '' for any
-- returns:    1 if a resource was held until now, else 0
-- uses:       lock_resource.lua: lock_on, remove_expired_holders
--             lock_waiters.lua: remove_waiter
--             lock_grant_waiters.lua: grant_next_waiters
--             lock_request.lua: request_key, read_request, write_request
--             lock_stream.lua: stream_of
--             lock_end_lease.lua: end_lease
-- complexity: O(k log n) for k resources with n holders and waiters each
local lease_id, stream, released = ARGV[5], ARGV[7], 0
if request_key then
  local known_lease_id, content = read_request()
  write_request(known_lease_id, content, true, ARGV[6])
  lease_id = known_lease_id or ''
end

for i = 1, math.floor(#KEYS / 7) do
  local lock = lock_on(i)
  local attached = stream ~= '' and stream_of(lock, lease_id) or '-'
  if attached == stream or attached == '-' then
    remove_expired_holders(lock)
    if end_lease(lock, lease_id) then released = 1 else remove_waiter(lock, lease_id) end
    grant_next_waiters(lock)
  end
end
return released
