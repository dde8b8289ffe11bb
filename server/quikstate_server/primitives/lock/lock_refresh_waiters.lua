-- Registers a server as alive for its waiters, and grants them the resources that became free.
-- KEYS:       7 a resource, as lock_resource.lua says
-- ARGV:       [1..4] as lock_resource.lua says; [5] server [6] registration ms; [7..] lease ids
-- returns:    {{ms until each lock expires}, {lease ids that hold all},
--             {lease ids that neither hold nor wait}}
-- uses:       lock_resource.lua: call, lock_on, remove_expired_holders, token_of
--             lock_waiters.lua: register_server
--             lock_grant_waiters.lua: grant_next_waiters
-- complexity: O(m log n) for m lease ids among n holders and waiters of each resource
local server, registration_ms = ARGV[5], ARGV[6]
local locks, expiries, held, gone = {}, {}, {}, {}
for i = 1, #KEYS / 7 do
  local lock = lock_on(i)
  remove_expired_holders(lock)
  register_server(lock, server, registration_ms)
  grant_next_waiters(lock)
  locks[i], expiries[i] = lock, call('PTTL', lock.key)
end

for i = 7, #ARGV do
  local holds_all, waits_for_all = true, true
  for _, lock in ipairs(locks) do
    holds_all = holds_all and token_of(lock, ARGV[i])
    waits_for_all = waits_for_all and call('ZSCORE', lock.queue, ARGV[i])
  end
  if holds_all then held[#held + 1] = ARGV[i] elseif not waits_for_all then gone[#gone + 1] = ARGV[i] end
end
return {expiries, held, gone}
