-- Puts the names of queues that are in use into the index, and returns some that are stale.
-- KEYS:       [1..2] as queue_index.lua says
-- ARGV:       [1] us after which a name is stale [2] max stale names [3..] names
-- returns:    {the instant as text, stale name, …}. A stale name counts as confirmed at that instant, so
--             that no other call returns it too
-- uses:       queue_index.lua: names, confirmed
-- complexity: O(k log n) for k of n names
local stale_us, max_stale = ARGV[1], ARGV[2]

-- What a raw Redis client wrote there is no index if it has another type: the index begins anew.
local function add(key, scores_and_members)
  local added = redis.pcall('ZADD', key, unpack(scores_and_members))
  if type(added) ~= 'table' then return end
  if not added.err:find('WRONGTYPE') then error(added) end
  redis.call('UNLINK', key)
  redis.call('ZADD', key, unpack(scores_and_members))
end

local function confirm(queues)
  local by_name, by_instant = {}, {}
  for number, queue in ipairs(queues) do
    by_name[2 * number - 1], by_name[2 * number] = 0, queue
    by_instant[2 * number - 1], by_instant[2 * number] = string.format('%.0f', now), queue
  end
  add(names, by_name)
  add(confirmed, by_instant)
end

confirm({unpack(ARGV, 3)})
local until_stale = string.format('%.0f', now - stale_us)
local stale = redis.call('ZRANGE', confirmed, '-inf', until_stale, 'BYSCORE', 'LIMIT', 0, max_stale)
if #stale > 0 then confirm(stale) end
return {string.format('%.0f', now), unpack(stale)}
