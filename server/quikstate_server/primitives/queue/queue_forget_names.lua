-- Removes names from the index, unless a server has confirmed them since they were read.
-- KEYS:       [1..2] as queue_index.lua says
-- ARGV:       [1..] 2 a name: the name, and the instant at which it was last confirmed
-- returns:    how many were removed
-- uses:       queue_index.lua: names, confirmed
-- complexity: O(k log n) for k of n names
local removed = 0
for number = 1, #ARGV, 2 do
  local queue, read_at = ARGV[number], tonumber(ARGV[number + 1])
  if tonumber(redis.call('ZSCORE', confirmed, queue) or 0) == read_at then
    removed = removed + redis.call('ZREM', names, queue)
    redis.call('ZREM', confirmed, queue)
  end
end
return removed
