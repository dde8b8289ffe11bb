-- Gives a lease its lifetime again on all the resources, or on none; it confirms a claim too.
-- KEYS:       7 a resource, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id [6] lifetime ms
-- returns:    {token, …}, or {} if one of the resources is not held
-- complexity: O(k log n) for k resources with n holders each
local lease, lifetime = ARGV[5], ARGV[6]
local states, tokens = {}, {}
for i = 1, #KEYS / 7 do
  states[i] = resource(i)
  prune(states[i])
  tokens[i] = token_of(states[i], lease)
  if not tokens[i] then return {} end
end
for _, r in ipairs(states) do renew(r, lease, lifetime) end
return tokens
