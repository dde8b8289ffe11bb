-- How one item is handed out, or why it is not.
-- KEYS:       those of queue_state.lua
-- ARGV:       [1] most items [2] most bytes [3] lease us [4] receipt [5] most attempts of a raw client's item
-- defines:    taken, dropped, offer(id, entry, attempts, key), which is false once there is no more room
-- complexity: O(log n) for n items
local most, room, lease, receipt, usual = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local taken, dropped = {}, 0

local function size_of(entry)
  local size = 0
  for _, text in ipairs(entry[2]) do size = size + #text end
  return size
end

local function hand_out(id, entry, attempt, limit, key)
  call('HSET', deliveries, id, string.format('%d %d %s %s', attempt, limit, receipt, key))
  call('ZADD', leases, now + lease, id)
  call('ZREM', delayed, id)
  taken[#taken + 1] = {id, attempt, entry[2]}
end

local function give_up(id, key)
  forget(id, key)
  dropped = dropped + 1
  return true
end

local function offer(id, entry, attempts, key)
  if not entry then return give_up(id, key) end  -- a raw client deleted it
  local fields = fields_of(entry)
  local limit, expires = tonumber(fields.max_attempts) or tonumber(usual), tonumber(fields.expires_at)
  key = fields.ordering_key or ''
  if expires and expires <= now then return give_up(id, key) end
  if attempts >= limit then bury(id, key) return true end
  if key ~= '' then
    call('ZADD', ordered, 'NX', 0, place(id, key))  -- where a raw client added it
    if first_of(key) ~= id then call('ZREM', delayed, id) return true end
  end
  local size = size_of(entry)
  if #taken == most or (#taken > 0 and size > room) then return false end
  room = room - size
  hand_out(id, entry, attempts + 1, limit, key)
  return true
end
