-- Says when a scope that was looked at is due again, unless it was registered meanwhile.
-- KEYS:       [1] as presence_register.lua says
-- ARGV:       [1] scope [2] its score when it was taken [3] in how many ms it is due, -1 for never
-- returns:    1
-- complexity: O(log n) for n scopes
if redis.call('ZSCORE', KEYS[1], ARGV[1]) ~= ARGV[2] then return 1 end
if ARGV[3] == '-1' then return redis.call('ZREM', KEYS[1], ARGV[1]) end
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[3] * 1000), ARGV[1])
return 1
