-- A user types in a channel, or has stopped.
-- KEYS:       [1] typing: user by the instant until which it counts
-- ARGV:       [1] user [2] ms it counts, 0 if the user has stopped
-- returns:    1
-- complexity: O(log n) for n users, and O(m log n) for m that lapsed
local call, lasts = redis.call, tonumber(ARGV[2])
call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
if lasts == 0 then return call('ZREM', KEYS[1], ARGV[1]) end
call('ZADD', KEYS[1], string.format('%.0f', now + lasts * 1000), ARGV[1])
if call('PTTL', KEYS[1]) < lasts then call('PEXPIRE', KEYS[1], lasts) end
return 1
