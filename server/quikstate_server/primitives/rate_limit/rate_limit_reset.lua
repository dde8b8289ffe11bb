-- Forgets what was charged to one key under one limit.
-- KEYS:       [1] where the limit keeps its state
-- ARGV:       [1] the Redis type of that state, string or list [2] the Lua pattern of it, or of a list's
--             first item
-- returns:    1; 0 if nothing was charged; -2 if the key holds something else, which stays
-- complexity: O(1): another thread frees what a log held
local key, expected_type, pattern = KEYS[1], ARGV[1], ARGV[2]
local present_type = redis.call('TYPE', key).ok
if present_type == 'none' then return 0 end
if present_type ~= expected_type then return -2 end

local value = present_type == 'list' and redis.call('LINDEX', key, 0) or redis.call('GET', key)
if not string.find(value, pattern) then return -2 end

local was_charged = present_type == 'list' or (tonumber(value) or 1) > 0
return redis.call('UNLINK', key) == 1 and was_charged and 1 or 0
