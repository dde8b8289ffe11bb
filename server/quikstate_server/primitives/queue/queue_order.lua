-- How items of one ordering key follow each other.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    place(id, key), stand(id, key), is_first(id, key), leave(id, key)
-- complexity: O(log n) for n items
local MOST_GONE = 16

-- Begins with the key's length, so that none begins with another key.
local function place(id, key) return #key .. ':' .. key .. '\0' .. padded(id) .. '\0' .. id end

local function stand(id, key)
  if key ~= '' then call('ZADD', ordered, 'NX', 0, place(id, key)) end
end

-- One that a raw client deleted holds up nobody; where there are many, a few at a time.
local function first_of(key, asking)
  local stem = #key .. ':' .. key
  for _ = 1, MOST_GONE do
    local first = call('ZRANGE', ordered, '[' .. stem .. '\0', '(' .. stem .. '\1', 'BYLEX', 'LIMIT', 0, 1)[1]
    if not first then return nil end
    local id = first:match('[%d-]+$') or ''
    if id == asking or call('HEXISTS', deliveries, id) == 1 or entry_of(id) then return id end
    call('ZREM', ordered, first)
  end
end

local function is_first(id, key) return first_of(key, id) == id end

-- One that was not looked at yet will be: it is behind the cursor.
local function leave(id, key)
  if key == '' or call('ZREM', ordered, place(id, key)) == 0 then return end
  local following = first_of(key)
  if following and call('ZSCORE', delayed, following) == 'inf' then
    call('ZADD', delayed, now, following)
    ring(1)
  end
end
