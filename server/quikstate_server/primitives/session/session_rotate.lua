-- Gives a session another id: it goes on as it is under the new one, to which the old one points.
-- KEYS:       [1..2] as session_state.lua says [3..4] the same of the successor, on the same slot
-- ARGV:       [1] the successor's id [2] the session's handle, if it has none [3] grace us [4] ms to remember
--             a session without an end [5] ms for which it is known that the successor was written
--             [6] channel of the user's events [7] event
-- returns:    {'live', now us, ms until it lapses, {field, value, …}} of the successor, {'missing'},
--             {'gone'}, or {'rotated' or 'replayed', successor, user, handle, ms for which that is known}
-- complexity: O(n) for n fields
local to, derived, grace, otherwise = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if call('EXISTS', session) == 0 then
  local told = pointer()
  if told[2] == to then told[1] = 'rotated' end  -- the same call once more
  -- Written again, so that there is something to wait for with the replicas.
  if told[1] == 'rotated' then call('HSET', rotated, 'successor', told[2]) end
  return told
end
local user, handle, expires = unpack(call('HMGET', session, 'userId', 'handle', 'expiresUs'))
if not user or user == '' then
  return redis.error_reply('WRONGTYPE a session without userId cannot be rotated')
end
if not handle or handle == '' then
  handle = derived
  call('HSET', session, 'handle', handle)
end
call('DEL', rotated)
call('HSET', rotated, 'successor', to, 'userId', user, 'handle', handle, 'graceUntilUs', text(now + grace))
if whole(expires) then
  call('PEXPIREAT', rotated, text(math.ceil(whole(expires) / 1000)))
else
  call('PEXPIRE', rotated, text(math.max(call('PTTL', session), otherwise)))
end
call('RENAME', session, KEYS[3])
written(KEYS[4], ARGV[5])
call('PUBLISH', ARGV[6], ARGV[7])
session = KEYS[3]
return {'live', live()}
