-- Reserves the workspaces that are due to be reaped for one server. If it dies, they are due again soon.
-- KEYS:       [1] as in presence_schedule_reap.lua
-- ARGV:       [1] max workspaces [2] ms until they are due again
-- returns:    {ms until the next is due, -1 if none is, new score of the reserved entries, {workspace, …}}
-- complexity: O(m log n) for m of n workspaces
local score = string.format('%.0f', now + ARGV[2] * 1000)
local due = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now), 'BYSCORE', 'LIMIT', 0, ARGV[1])
for _, workspace in ipairs(due) do redis.call('ZADD', KEYS[1], score, workspace) end

local next_due = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
local next_ms = next_due and math.max(0, math.ceil((tonumber(next_due) - now) / 1000)) or -1
return {next_ms, score, due}
