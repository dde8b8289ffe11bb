-- Claims the id of a session's successor: the first claim holds, and a repeat is told of it.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       [1] the id, if it is the first [2] the session's handle, if it has none [3] ms to remember a session
--             without an end
-- returns:    {'claimed', successor, now us, ms until it lapses, {field, value, …}}, {'missing'},
--             or {'rotated' or 'replayed', successor, user, handle}
-- complexity: O(n) for n fields
local proposed, derived, otherwise = ARGV[1], ARGV[2], ARGV[3]
if call('EXISTS', session) == 0 then return pointer() end
local user, handle, expires = unpack(call('HMGET', session, 'userId', 'handle', 'expiresUs'))
if not user then return redis.error_reply('WRONGTYPE a session without userId cannot be rotated') end
call('HSETNX', rotated, 'successor', proposed)
call('HSET', rotated, 'userId', user, 'handle', handle or derived)
if expires then
  call('PEXPIREAT', rotated, text(math.ceil(tonumber(expires) / 1000)))
else
  call('PEXPIRE', rotated, math.max(call('PTTL', session), tonumber(otherwise)))
end
return {'claimed', call('HGET', rotated, 'successor'), live()}
