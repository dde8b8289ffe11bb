-- Schedules when workspaces are due to be reaped, by any server.
-- KEYS:       [1] reap schedule: workspace by the instant at which it is due
-- ARGV:       [1..] pairs: workspace, ms until it is due
-- returns:    1
-- complexity: O(k log n) for k of n workspaces
--
-- A known score is lowered by 1 µs at least. So presence_reschedule_reap.lua leaves it as
-- it is, for a server that reserved the workspace before.
for i = 1, #ARGV, 2 do
  local due = now + ARGV[i + 1] * 1000
  local known = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[i]) or due + 1)
  redis.call('ZADD', KEYS[1], string.format('%.0f', math.min(due, known - 1)), ARGV[i])
end
return 1
