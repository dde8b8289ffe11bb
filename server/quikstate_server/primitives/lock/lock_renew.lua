-- Gives a lease its lifetime again on all the resources, or on none; it confirms a claim too.
-- KEYS:       7 a resource, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id [6] lifetime µs
-- returns:    {epoch, seq, …} a resource, or {} if one of them is not held
-- complexity: O(k log n) for k resources with n holders each
local lease, lifetime = ARGV[5], tonumber(ARGV[6])
local states, answer = {}, {}
for i = 1, #KEYS / 7 do
  states[i] = resource(i)
  prune(states[i])
  if not call('ZSCORE', states[i].holders, lease) then return {} end
end
for _, r in ipairs(states) do
  renew(r, lease, lifetime)
  answer[#answer + 1], answer[#answer + 2] = token(r, lease)
end
return answer
