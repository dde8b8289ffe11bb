-- How an item comes to its end, or back.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    out_of(id, sets); drop(id, row) of one that is in no set but expiries, and forget(id, row),
--             which say how many entries were deleted; bury(id, row); go_behind(id, row)
-- complexity: O(log n) for n items
local function out_of(id, ...)
  for _, among in ipairs({...}) do call('ZREM', among, id) end
end

local function drop(id, row)
  local deleted = padded(id) and call('XDEL', items, id) or 0
  call('HDEL', deliveries, id)
  if row.expires > 0 then call('ZREM', expiries, id) end
  if padded(id) then leave(id, row.key) end
  return deleted
end

local function forget(id, row)
  out_of(id, leases, delayed, returned, expiries, dead)
  return drop(id, row)
end

-- Dead letters are in their order though the clock goes back.
local function bury(id, row)
  local last = call('ZRANGE', dead, '(inf', '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, 1, 'WITHSCORES')[2]
  save(id, row)
  out_of(id, leases, delayed, returned, expiries)
  call('ZADD', dead, math.max(now, (last or 0) + 1), id)
  leave(id, row.key)
  return 'dead'
end

-- At the end of the line of those that were nacked, and behind all that is there for the first time.
local top
local function go_behind(id, row)
  local last = call('ZRANGE', returned, -1, -1, 'WITHSCORES')[2]
  top = top or (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-0'})[1]
  row.receipt, row.after = '-', top
  save(id, row)
  out_of(id, leases, delayed)
  call('ZADD', returned, (last or 0) + 1, id)
end
