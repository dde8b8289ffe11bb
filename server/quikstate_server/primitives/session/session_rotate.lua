-- Gives a session another id: the session moves to it unchanged, and the old id points to the new one.
-- KEYS:       [1..2] as session_hash.lua says [3..4] the same of the successor, on the same slot
-- ARGV:       [1] the successor's id [2] a handle for a session without one, as raw clients write it [3] us
--             in which the old id is not a replay yet [4] ms to keep the pointer if the session never expires
--             [5] ms to keep `written` of the successor [6] channel of the user's events [7] event
-- returns:    {'live', now us, TTL in ms, {field, value, …}} of the successor, {'missing'}, {'gone'}, or
--             {'rotated' or 'replayed', successor, user, handle, ms for which this is remembered}
-- uses:       session_hash.lua: format_integer, parse_integer, read_session, read_pointer, mark_written
-- complexity: O(n) for n fields
local successor, derived_handle, grace, endless_ms = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local written_ms, channel, event = ARGV[5], ARGV[6], ARGV[7]
local new_session, new_rotated = KEYS[3], KEYS[4]

if call('EXISTS', session) == 0 then
  local pointer = read_pointer()
  local is_repeat = pointer[2] == successor
  if is_repeat then pointer[1] = 'rotated' end
  if pointer[1] == 'rotated' then
    -- Written again, so that WAIT has a write to wait for.
    call('HSET', rotated, 'successor', pointer[2])
  end
  return pointer
end

local user, handle, expires = unpack(call('HMGET', session, 'userId', 'handle', 'expiresUs'))
if not user or user == '' then
  return redis.error_reply('WRONGTYPE a session without userId cannot be rotated')
end
if not handle or handle == '' then
  handle = derived_handle
  call('HSET', session, 'handle', handle)
end

call('DEL', rotated)
local grace_until = format_integer(now + grace)
call('HSET', rotated, 'successor', successor, 'userId', user, 'handle', handle, 'graceUntilUs', grace_until)
if parse_integer(expires) then
  call('PEXPIREAT', rotated, format_integer(math.ceil(parse_integer(expires) / 1000)))
else
  call('PEXPIRE', rotated, format_integer(math.max(call('PTTL', session), endless_ms)))
end

call('RENAME', session, new_session)
mark_written(new_rotated, written_ms)
call('PUBLISH', channel, event)
return {'live', read_session(new_session)}
