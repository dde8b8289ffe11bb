-- Gives up a place in the queue, unless another server has taken it over.
-- KEYS:       7, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id [6] server
-- returns:    1 if the place was given up, else 0
-- complexity: O(log n) for n waiters
local lease, server = ARGV[5], ARGV[6]
local r = resource(1)
local entry = call('HGET', r.waiting, lease)
if not entry or cmsgpack.unpack(entry)[1] ~= server then return 0 end
leave(r, lease)
prune(r)
hand_on(r)
return 1
