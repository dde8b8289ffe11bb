-- Reads a session, and touches it if the last touch was long enough ago.
-- KEYS:       [1..2] as session_hash.lua says
-- ARGV:       [1] us that must have passed since the last touch, or 0 to touch nothing
-- returns:    {'live', now us, TTL in ms, {field, value, …}}, {'missing'}, {'gone'} if it was written, or
--             {'rotated' or 'replayed', successor, user, handle, ms for which this is remembered}
-- uses:       session_hash.lua: format_integer, parse_integer, read_session, read_pointer, set_expiry
-- complexity: O(n) for n fields
local min_interval = tonumber(ARGV[1])
if call('EXISTS', session) == 0 then return read_pointer() end

if min_interval > 0 then
  local seen, idle, expires = unpack(call('HMGET', session, 'lastSeenUs', 'idleUs', 'expiresUs'))
  seen, idle, expires = parse_integer(seen) or 0, parse_integer(idle) or 0, parse_integer(expires) or 0
  if idle > 0 then min_interval = math.min(min_interval, idle / 10) end
  local is_ahead = seen > now  -- this server's clock went back
  if now - seen >= min_interval or is_ahead then
    call('HSET', session, 'lastSeenUs', format_integer(now))
    if idle > 0 then set_expiry(expires, idle) end
  end
end
return {'live', read_session(session)}
