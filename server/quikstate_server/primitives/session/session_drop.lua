-- Ends a revoked session, and says where it is now if it was rotated.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       none
-- returns:    {1 if it was there, else 0, the successor's id, or ''}
-- complexity: O(n) for n fields
local there = call('DEL', session)
local successor = call('HGET', rotated, 'successor') or ''
call('DEL', rotated)
return {there, successor}
