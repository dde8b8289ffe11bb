-- Deletes items, and puts them into the line of nacked items.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    deleted_entries, how many entries this script deleted; remove_from_sets(id, set, …);
--             delete_unleased_item(id, row) for an item that is in no set but expiries; delete_item(id, row)
--             for any; both return how many entries they deleted; move_to_nacked(id, row)
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
  remove_from_sets(id, leases, delayed, nacked, expiries, dead)
  return sortable_id(id) and delete_unleased_item(id, row) or 0
end

-- The item comes after the other nacked items, and after all entries that the stream has now.
local function move_to_nacked(id, row)
  local last_position = call('ZRANGE', nacked, -1, -1, 'WITHSCORES')[2]
  newest = newest or (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-0'})[1]
  row.receipt, row.nacked_after = '-', newest  -- '-': it is not leased
  save_row(id, row)
  remove_from_sets(id, leases, delayed)
  call('ZADD', nacked, (last_position or 0) + 1, id)
end
