-- Ends a revoked session; one that is being rotated too, whose successor is then lost.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       none
-- returns:    1 if it was there, else 0
-- complexity: O(n) for n fields
local there = call('DEL', session)
call('DEL', rotated)
return there
