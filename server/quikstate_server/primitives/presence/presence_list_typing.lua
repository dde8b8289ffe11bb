-- Lists who types in a channel.
-- KEYS:       [1] users who type in the channel, as in presence_set_typing.lua
-- ARGV:       [1] max users
-- returns:    {user, ms until it expires, …}, the last to expire first
-- complexity: O(log n + m) for m users returned of n
local users = redis.call('ZRANGE', KEYS[1], '+inf', string.format('(%.0f', now), 'BYSCORE', 'REV', 'LIMIT', 0,
                         ARGV[1], 'WITHSCORES')
for i = 2, #users, 2 do users[i] = math.ceil((tonumber(users[i]) - now) / 1000) end
return users
