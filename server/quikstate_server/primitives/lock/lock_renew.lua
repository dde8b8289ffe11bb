-- Gives a lease its lifetime again on all the resources, or on none; it confirms a claim too.
-- KEYS:       7 a resource, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id [6] lifetime ms
--             [7] the stream that renews it, or '' for none [8] '1' if the stream takes it up only now
-- returns:    {token, …}; {} if one of the resources is not held; {'superseded'} if another stream has it
-- complexity: O(k log n) for k resources with n holders each
local lease, lifetime, stream = ARGV[5], ARGV[6], ARGV[7]
local states, tokens = {}, {}
for i = 1, #KEYS / 7 do
  states[i] = resource(i)
  prune(states[i])
  tokens[i] = token_of(states[i], lease)
  if not tokens[i] then return {} end
end
if stream ~= '' and ARGV[8] ~= '1' and stream_of(states[1], lease) ~= stream then return {'superseded'} end
for _, r in ipairs(states) do
  renew(r, lease, lifetime)
  if stream ~= '' then attach(r, lease, stream) end
end
return tokens
