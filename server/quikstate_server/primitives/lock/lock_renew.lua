-- Gives a lease its TTL again on all the resources, or on none; that also turns a claim into a lease.
-- KEYS:       7 a resource, as lock_resource.lua says
-- ARGV:       [1..4] as lock_resource.lua says; [5] lease id [6] TTL ms
--             [7] the stream that renews it, or '' for none [8] '1' if the stream reattaches to it
-- returns:    {token, …}; {} if one of the resources is not held; {'superseded'} if another stream has it
-- uses:       lock_resource.lua: lock_on, remove_expired_holders, token_of
--             lock_grant_lease.lua: renew_lease
--             lock_stream.lua: stream_of, attach_stream
-- complexity: O(k log n) for k resources with n holders each
local lease_id, ttl_ms, stream, reattaches = ARGV[5], ARGV[6], ARGV[7], ARGV[8] == '1'
local locks, tokens = {}, {}
for i = 1, #KEYS / 7 do
  locks[i] = lock_on(i)
  remove_expired_holders(locks[i])
  tokens[i] = token_of(locks[i], lease_id)
  if not tokens[i] then return {} end
end
if stream ~= '' and not reattaches and stream_of(locks[1], lease_id) ~= stream then return {'superseded'} end

for _, lock in ipairs(locks) do
  renew_lease(lock, lease_id, ttl_ms)
  if stream ~= '' then attach_stream(lock, lease_id, stream) end
end
return tokens
