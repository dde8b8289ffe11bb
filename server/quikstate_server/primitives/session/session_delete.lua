-- Deletes a revoked session, and says which id it has now if it was rotated.
-- KEYS:       [1..2] as session_hash.lua says
-- ARGV:       none
-- returns:    {1 if the session existed, else 0, the successor's id, or ''}
-- uses:       session_hash.lua: call
-- complexity: O(n) for n fields
local existed = call('DEL', session)
local successor = call('HGET', rotated, 'successor') or ''
call('DEL', rotated)
return {existed, successor}
