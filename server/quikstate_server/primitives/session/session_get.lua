-- Reads a session, and touches it if the last touch was long enough ago.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       [1] us since the last touch that are long enough, or 0 for none
-- returns:    {'live', now us, ms until it lapses, {field, value, …}}, {'missing'},
--             or {'rotated' or 'replayed', successor, user, handle}
-- complexity: O(n) for n fields
local throttle = tonumber(ARGV[1])
if call('EXISTS', session) == 0 then return pointer() end
if throttle > 0 then
  local seen, idle, expires = unpack(call('HMGET', session, 'lastSeenUs', 'idleUs', 'expiresUs'))
  idle = tonumber(idle or 0)
  if idle > 0 then throttle = math.min(throttle, idle / 10) end
  if now - tonumber(seen or 0) >= throttle then
    call('HSET', session, 'lastSeenUs', text(now))
    if idle > 0 then lapse(tonumber(expires or 0), idle) end
  end
end
return {'live', live()}
