-- Ends a session whose successor is written: from now on it is a pointer, which answers until its grace ends.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       [1] successor [2] the version that was copied [3] grace us [4] channel of the user's events [5] event
-- returns:    {'done'}, {'lost'} if it was revoked or deleted meanwhile, or, if it was updated since,
--             {'changed', now us, ms until it lapses, {field, value, …}}
-- complexity: O(n) for n fields
local successor, version, grace, channel, event = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local to, retired = unpack(call('HMGET', rotated, 'successor', 'graceUntilUs'))
if to ~= successor then return {'lost'} end
if retired then return {'done'} end
if call('EXISTS', session) == 0 then return {'lost'} end
if tonumber(call('HGET', session, 'version') or 0) ~= version then return {'changed', live()} end
call('HSET', rotated, 'graceUntilUs', text(now + grace))
call('DEL', session)
call('PUBLISH', channel, event)
return {'done'}
