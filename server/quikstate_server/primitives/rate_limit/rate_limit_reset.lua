-- Forgets what was charged to one key under one limit.
-- KEYS:       [1] where the limit keeps its state
-- ARGV:       [1] the type of Redis value that it is, string or list [2] the Lua pattern of it, or of a
--             list's first item
-- returns:    1, 0 if nothing was charged, or -2 if the key holds something else, which stays
-- complexity: O(1): what a log held is freed by another thread
local state, expected, pattern = KEYS[1], ARGV[1], ARGV[2]
local found = redis.call('TYPE', state).ok
if found == 'none' then return 0 end
if found ~= expected then return -2 end
local value = found == 'list' and redis.call('LINDEX', state, 0) or redis.call('GET', state)
if not string.find(value, pattern) then return -2 end
local charged = found == 'list' or (tonumber(value) or 1) > 0
return redis.call('UNLINK', state) == 1 and charged and 1 or 0
