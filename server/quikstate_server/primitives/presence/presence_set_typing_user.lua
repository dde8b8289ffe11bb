-- Sets the seed's key of a user who types in a channel, or removes it.
-- KEYS:       [1] the seed's key
-- ARGV:       [1] ms it counts, 0 if the user has stopped
-- returns:    1
-- complexity: O(1)
if ARGV[1] == '0' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
return 1
