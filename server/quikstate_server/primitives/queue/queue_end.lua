-- How an item comes to its end.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    drop(id, key) of one that is in no set, forget(id, key), bury(id, key)
-- complexity: O(log n) for n items
local function drop(id, key)
  call('XDEL', items, id)
  call('HDEL', deliveries, id)
  leave(id, key)
end

local function forget(id, key)
  for _, among in ipairs({leases, delayed, dead}) do call('ZREM', among, id) end
  drop(id, key)
end

local function bury(id, key)
  for _, among in ipairs({leases, delayed}) do call('ZREM', among, id) end
  call('ZADD', dead, now, id)
  leave(id, key)
end
