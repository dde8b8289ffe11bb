-- Writes a session, unless it is there or was: a repeat changes nothing, and brings nothing back.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       [1] instant it ends for good [2] instant it ends unless it was touched, or 0 [3] ms for which
--             it is known that it was written [4] channel of the user's events [5] event; [6..] fields and
--             values
-- returns:    {'live', now us, ms until it lapses, {field, value, …}}, or {'ended'}
-- complexity: O(n) for n fields
local expires, idle_ends, known_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local ends = idle_ends > 0 and math.min(expires, idle_ends) or expires
if call('EXISTS', session) == 1 then return {'live', live()} end
if ends <= now or call('EXISTS', rotated) == 1 then return {'ended'} end
-- Some at a time: Lua's stack is not endless.
for i = 6, #ARGV, 1000 do call('HSET', session, unpack(ARGV, i, math.min(i + 999, #ARGV))) end
call('PEXPIREAT', session, text(math.ceil(ends / 1000)))
written(rotated, known_ms)
call('PUBLISH', ARGV[4], ARGV[5])
return {'live', live()}
