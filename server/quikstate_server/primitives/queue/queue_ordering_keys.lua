-- Keeps the order of items with the same ordering key.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    add_to_ordering_key(id, key); is_first_of_ordering_key(id, key); leave_ordering_key(id, key)
-- uses:       queue_keys.lua: call, ordered, deliveries, delayed, sortable_id, entry_of, wake_waiters
-- complexity: O(log n) for n items
local MAX_DELETED_SKIPPED = 16

-- A member begins with the key's length, so that no key is the beginning of another.
local function ordering_member(id, key) return #key .. ':' .. key .. '\0' .. sortable_id(id) .. '\0' .. id end

local function add_to_ordering_key(id, key)
  if key ~= '' then call('ZADD', ordered, 'NX', 0, ordering_member(id, key)) end
end

-- An item that a raw Redis client deleted blocks nobody. Of many such items one call skips a few.
local function first_of_ordering_key(key, asking_id)
  local prefix = #key .. ':' .. key
  local min, max = '[' .. prefix .. '\0', '(' .. prefix .. '\1'
  for _ = 1, MAX_DELETED_SKIPPED do
    local first = call('ZRANGE', ordered, min, max, 'BYLEX', 'LIMIT', 0, 1)[1]
    if not first then return nil end
    local id = first:match('[%d-]+$') or ''
    if id == asking_id or call('HEXISTS', deliveries, id) == 1 or entry_of(id) then return id end
    call('ZREM', ordered, first)
  end
end

local function is_first_of_ordering_key(id, key) return first_of_ordering_key(key, id) == id end

-- Unblocks the next item of the key. One that was not examined yet needs nothing: it is behind the cursor.
local function leave_ordering_key(id, key)
  if key == '' or call('ZREM', ordered, ordering_member(id, key)) == 0 then return end
  local next_id = first_of_ordering_key(key)
  if next_id and call('ZSCORE', delayed, next_id) == 'inf' then
    call('ZADD', delayed, now, next_id)
    wake_waiters(1)
  end
end
