-- Takes a resource from the holder of one token, or from whoever holds it, raw clients too.
-- KEYS:       7, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] epoch of the token [6] its seq, or '' for every holder
-- returns:    1 if anyone held it, else 0
-- complexity: O(n log n) for n holders
local wanted_epoch, wanted = ARGV[5], ARGV[6]
local r, released = resource(1), 0
prune(r)
for _, lease in ipairs(call('ZRANGE', r.holders, 0, -1)) do
  local e, seq = token(r, lease)
  if wanted == '' or (e == wanted_epoch and seq == wanted) then
    take(r, lease)
    released = 1
  end
end
if wanted == '' and call('DEL', r.lock) == 1 then
  released, r.value = 1, false
  notify(r)
end
hand_on(r)
return released
