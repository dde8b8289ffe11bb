-- Forgets what was charged to one key under one limit.
-- KEYS:       [1] where the limit keeps its state
-- ARGV:       [1] the type of Redis value that it is: string or list
-- returns:    1, 0 if there was nothing, or -2 if the key holds something else, which stays
-- complexity: O(1): what a log held is freed by another thread
local state, expected = KEYS[1], ARGV[1]
local found = redis.call('TYPE', state).ok
if found ~= 'none' and found ~= expected then return -2 end
return redis.call('UNLINK', state)
