-- Schedules the next reap of a reserved workspace, unless its schedule entry was written meanwhile.
-- KEYS:       [1] as in presence_schedule_reap.lua
-- ARGV:       [1] workspace [2] its score when it was reserved [3] ms until it is due, -1 for never
-- returns:    1
-- complexity: O(log n) for n workspaces
if redis.call('ZSCORE', KEYS[1], ARGV[1]) ~= ARGV[2] then return 1 end
if ARGV[3] == '-1' then return redis.call('ZREM', KEYS[1], ARGV[1]) end
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[3] * 1000), ARGV[1])
return 1
