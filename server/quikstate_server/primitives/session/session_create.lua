-- Writes a session, unless it exists or existed before: a repeat changes nothing and revives nothing.
-- KEYS:       [1..2] as session_hash.lua says
-- ARGV:       [1] instant at which it ends for good [2] instant at which it ends without a touch, or 0
--             [3] ms for which the write is remembered [4] channel of the user's events [5] event; [6..]
--             fields and values
-- returns:    {'live', now us, TTL in ms, {field, value, …}}, or {'ended'}
-- uses:       session_hash.lua: format_integer, read_session, mark_written
-- complexity: O(n) for n fields
local expires, idle_ends, written_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local channel, event = ARGV[4], ARGV[5]
local ends_at = idle_ends > 0 and math.min(expires, idle_ends) or expires

if call('EXISTS', session) == 1 then return {'live', read_session(session)} end
if ends_at <= now or call('EXISTS', rotated) == 1 then return {'ended'} end

-- A thousand values at a time, because Lua's stack is limited.
for i = 6, #ARGV, 1000 do
  call('HSET', session, unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
call('PEXPIREAT', session, format_integer(math.ceil(ends_at / 1000)))
mark_written(rotated, written_ms)
call('PUBLISH', channel, event)
return {'live', read_session(session)}
