-- Notes that scopes are to be looked at by then, for whichever server does.
-- KEYS:       [1] due: scope by the instant at which it is to be looked at
-- ARGV:       [1..] pairs: scope, in how many ms
-- returns:    1
-- complexity: O(k log n) for k of n scopes
-- A score that is there is lowered in any case: who has looked before then does not take the row away.
for i = 1, #ARGV, 2 do
  local due = now + ARGV[i + 1] * 1000
  local known = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[i]) or due + 1)
  redis.call('ZADD', KEYS[1], string.format('%.0f', math.min(due, known - 1)), ARGV[i])
end
return 1
