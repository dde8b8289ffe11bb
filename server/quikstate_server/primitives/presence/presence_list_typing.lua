-- Who types in a channel.
-- KEYS:       [1] as presence_set_typing.lua says
-- ARGV:       [1] most users
-- returns:    {user, ms it still counts, …}, the last to lapse first
-- complexity: O(log n + m) for m users returned of n
local found = redis.call('ZRANGE', KEYS[1], '+inf', string.format('(%.0f', now), 'BYSCORE', 'REV', 'LIMIT', 0,
                         ARGV[1], 'WITHSCORES')
for i = 2, #found, 2 do found[i] = math.ceil((tonumber(found[i]) - now) / 1000) end
return found
