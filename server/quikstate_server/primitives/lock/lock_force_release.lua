-- Takes a resource from the holder of one token, or from whoever holds it, raw clients too.
-- KEYS:       7, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] the token, or '' for every holder
-- returns:    1 if anyone held it, else 0
-- complexity: O(n) for n holders, and O(log n) for n waiters
local wanted = ARGV[5]
local r, released = resource(1), 0
prune(r)
if wanted == '' then
  released = free(r)
  notify(r)
end
for _, lease in ipairs(wanted ~= '' and call('HKEYS', r.leases) or {}) do
  if token_of(r, lease) == wanted and take(r, lease) then released = 1 end
end
hand_on(r)
return released
