-- Deletes items, and moves them to the dead letters or to the line of nacked items.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    deleted_entries, how many entries this script deleted; delete_unleased_item(id, row) for an
--             item that is in no set but expiries; delete_item(id, row) for any; both return how many
--             entries they deleted; move_to_dead_letters(id, row); move_to_returned(id, row)
-- uses:       queue_keys.lua: call, the keys, sortable_id; queue_rows.lua: save_row;
--             queue_ordering_keys.lua: leave_ordering_key
-- complexity: O(log n) for n items
local deleted_entries, newest = 0, nil

local function remove_from_sets(id, ...)
  for _, set in ipairs({...}) do call('ZREM', set, id) end
end

local function delete_unleased_item(id, row)
  call('HDEL', deliveries, id)
  if row.expires_at > 0 then call('ZREM', expiries, id) end
  local deleted = call('XDEL', items, id)
  deleted_entries = deleted_entries + deleted
  leave_ordering_key(id, row.ordering_key)
  return deleted
end

-- In a set that a raw Redis client wrote a member may not be an id.
local function delete_item(id, row)
  remove_from_sets(id, leases, delayed, returned, expiries, dead)
  return sortable_id(id) and delete_unleased_item(id, row) or 0
end

-- Dead letters keep the order in which they died, even if the clock goes back.
local function move_to_dead_letters(id, row)
  local last_died = call('ZRANGE', dead, '(inf', '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, 1, 'WITHSCORES')[2]
  save_row(id, row)
  remove_from_sets(id, leases, delayed, returned, expiries)
  call('ZADD', dead, math.max(now, (last_died or 0) + 1), id)
  leave_ordering_key(id, row.ordering_key)
end

-- The item comes after the other nacked items, and after all entries that the stream has now.
local function move_to_returned(id, row)
  local last_position = call('ZRANGE', returned, -1, -1, 'WITHSCORES')[2]
  newest = newest or (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-0'})[1]
  row.receipt, row.returned_after = '-', newest
  save_row(id, row)
  remove_from_sets(id, leases, delayed)
  call('ZADD', returned, (last_position or 0) + 1, id)
end
