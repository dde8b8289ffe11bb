-- Vouches for a server's waiters for some resources, and hands on those that became free.
-- KEYS:       7 a resource, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] server [6] registration ms; [7..] lease ids
-- returns:    {{ms until each lock lapses}, {ids that hold all}, {ids that neither hold nor wait}}
-- complexity: O(m log n) for m lease ids among n holders and waiters of each resource
local server, registration = ARGV[5], ARGV[6]
local states, lapses, held, gone = {}, {}, {}, {}
for i = 1, #KEYS / 7 do
  local r = resource(i)
  prune(r)
  vouch(r, server, registration)
  hand_on(r)
  states[i], lapses[i] = r, call('PTTL', r.lock)
end
for i = 7, #ARGV do
  local holds, waits = true, true
  for _, r in ipairs(states) do
    holds = holds and token_of(r, ARGV[i])
    waits = waits and call('ZSCORE', r.waiters, ARGV[i])
  end
  if holds then held[#held + 1] = ARGV[i] elseif not waits then gone[#gone + 1] = ARGV[i] end
end
return {lapses, held, gone}
