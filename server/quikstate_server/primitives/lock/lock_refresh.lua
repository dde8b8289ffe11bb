-- Vouches for a server's waiters for one resource, and hands the resource on if it became free.
-- KEYS:       7, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] server [6] registration ms; [7..] lease ids
-- returns:    {ms until the lock lapses, {lease ids that hold it}, {lease ids that neither hold nor wait}}
-- complexity: O(k log n) for k lease ids among n holders and waiters
local server, registration = ARGV[5], ARGV[6]
local r, held, gone = resource(1), {}, {}
prune(r)
vouch(r, server, registration)
hand_on(r)
for i = 7, #ARGV do
  if token_of(r, ARGV[i]) then held[#held + 1] = ARGV[i]
  elseif not call('ZSCORE', r.waiters, ARGV[i]) then gone[#gone + 1] = ARGV[i] end
end
return {call('PTTL', r.lock), held, gone}
