-- How items of one ordering key follow each other.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    place(id, key), stand(id, key), first_of(key), leave(id, key)
-- complexity: O(log n) for n items
local function padded(id)
  local ms, number = id:match('(%d+)-(%d+)')
  return string.rep('0', 15 - #ms) .. ms .. string.rep('0', 20 - #number) .. number
end

local function place(id, key) return key .. '\0' .. padded(id) .. '\0' .. id end

local function stand(id, key)
  if key ~= '' then call('ZADD', ordered, 0, place(id, key)) end
end

-- One that a raw client deleted holds up nobody.
local function first_of(key)
  while true do
    local first = call('ZRANGE', ordered, '[' .. key .. '\0', '(' .. key .. '\1', 'BYLEX', 'LIMIT', 0, 1)[1]
    local id = first and first:match('[%d-]+$')
    local there = id and (call('HEXISTS', deliveries, id) == 1 or call('XRANGE', items, id, id)[1])
    if there or not id then return id end
    call('ZREM', ordered, first)
  end
end

local function leave(id, key)
  if key == '' or call('ZREM', ordered, place(id, key)) == 0 then return end
  local following = first_of(key)
  if following and call('ZADD', delayed, 'NX', now, following) == 1 then ring(1) end
end
