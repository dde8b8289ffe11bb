-- How one item is handed out, or why it is not.
-- KEYS:       those of queue_state.lua
-- ARGV:       [1] most bytes of one item [2] most attempts of a raw client's item [3] most items [4] most
--             bytes of those after the first [5] lease us [6] receipt
-- defines:    taken, read_bytes; offer(id, entry, attempts, among), which takes it out of the set
--             `among`, or hands nothing out and is false since there is no more room
-- complexity: O(log n) for n items
local largest, usual = tonumber(ARGV[1]), ARGV[2]
local most, room, lease, receipt = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], ARGV[6]
local taken, read_bytes = {}, 0

local function move(id, row, from_set, into, instant)
  save(id, row)
  if from_set then call('ZREM', from_set, id) end
  call('ZADD', into, instant, id)
  return true
end

local function hand_out(id, entry, row, among)
  row.attempts, row.receipt = row.attempts + 1, receipt
  if row.expires > 0 then call('ZADD', expiries, math.max(row.expires, now + lease), id) end
  taken[#taken + 1] = {id, row.attempts, entry[2]}
  return move(id, row, among ~= leases and among, leases, now + lease)
end

-- What cannot be read, and what had all its attempts, is a dead letter.
local function offer(id, entry, attempts, among)
  if not entry then return forget(id, row_of(id) or {expires = 0, key = ''}) end  -- a raw client deleted it
  local row, size, readable = read(entry, largest, usual)
  row.attempts, read_bytes = attempts, read_bytes + size
  if readable and row.expires > 0 and row.expires <= now then return forget(id, row) end
  if not readable then row.receipt = '!' end
  if not readable or attempts >= row.most then bury(id, row) return true end
  stand(id, row.key)  -- where a raw client added it
  if row.expires > 0 then call('ZADD', expiries, 'NX', row.expires, id) end
  local waits = row.key ~= '' and not is_first(id, row.key)
  if waits then return move(id, row, among ~= delayed and among, delayed, 'inf') end
  if #taken > 0 and size > room then return false end
  room = room - size
  return hand_out(id, entry, row, among)
end
