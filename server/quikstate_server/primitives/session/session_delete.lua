-- Deletes a revoked session, and says which id it has now if it was rotated.
-- KEYS:       [1..2] as session_hash.lua says
-- ARGV:       [1] ms for which its creation is refused, if it does not exist yet; or 0
-- returns:    {1 if the session existed, else 0, the successor's id, or ''}
-- uses:       session_hash.lua: call, mark_written
-- complexity: O(n) for n fields
local existed = call('DEL', session)
local successor = call('HGET', rotated, 'successor') or ''
call('DEL', rotated)
if existed == 0 and successor == '' and ARGV[1] ~= '0' then mark_written(rotated, ARGV[1]) end
return {existed, successor}
