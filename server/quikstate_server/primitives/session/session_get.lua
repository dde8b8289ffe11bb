-- Reads a session, and touches it if the last touch was long enough ago.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       [1] us since the last touch that are long enough, or 0 for none
-- returns:    {'live', now us, ms until it lapses, {field, value, …}}, {'missing'}, {'gone'} if it was
--             written, or {'rotated' or 'replayed', successor, user, handle, ms for which that is known}
-- complexity: O(n) for n fields
local throttle = tonumber(ARGV[1])
if call('EXISTS', session) == 0 then return pointer() end
if throttle > 0 then
  local seen, idle, expires = unpack(call('HMGET', session, 'lastSeenUs', 'idleUs', 'expiresUs'))
  seen, idle, expires = whole(seen) or 0, whole(idle) or 0, whole(expires) or 0
  if idle > 0 then throttle = math.min(throttle, idle / 10) end
  if now - seen >= throttle or seen > now then  -- later than now, if this clock went back
    call('HSET', session, 'lastSeenUs', text(now))
    if idle > 0 then lapse(expires, idle) end
  end
end
return {'live', live()}
