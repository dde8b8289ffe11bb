-- Takes what is due to be looked at; whoever dies over it leaves it due again soon.
-- KEYS:       [1] as presence_register.lua says
-- ARGV:       [1] most scopes [2] ms until they are due again
-- returns:    {ms until the next is due, -1 if none is, score of these now, {scope, …}}
-- complexity: O(m log n) for m of n scopes
local score = string.format('%.0f', now + ARGV[2] * 1000)
local due = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now), 'BYSCORE', 'LIMIT', 0, ARGV[1])
for _, scope in ipairs(due) do redis.call('ZADD', KEYS[1], score, scope) end
local next = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
return {next and math.max(0, math.ceil((tonumber(next) - now) / 1000)) or -1, score, due}
