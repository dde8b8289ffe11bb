-- What one look at a queue may cost, and what comes up again in it.
-- KEYS:       those of queue_state.lua
-- ARGV:       [7] most items looked at [8] most bytes read
-- defines:    looked; enough(); again(id, among), returned_before(next id), which are false if there is no
--             more room; pass_over(entry); soonest(), us until the next is due or -1
-- complexity: O(log n) for n items, of returned_before for each of those
local most_looked, most_read, looked = tonumber(ARGV[7]), tonumber(ARGV[8]), 0

local function enough() return #taken == most or looked >= most_looked or read_bytes >= most_read end

local function pass_over(entry)
  local _, size = read(entry, largest, usual)
  read_bytes = read_bytes + size
end

local function again(id, among)
  looked = looked + 1
  if not padded(id) then call('ZREM', among, id) return true end  -- a raw client's
  local row, entry = row_of(id), entry_of(id)
  if entry and row and row.receipt == '+' and among == delayed then go_behind(id, row) return true end
  return offer(id, entry, row and row.attempts or 0, among)
end

-- Those that were nacked when the item `next_id` was not there yet.
local function returned_before(next_id)
  while true do
    local id = call('ZRANGE', returned, 0, 0)[1]
    local row = id and row_of(id)
    if not id or (next_id and row and (padded(row.after) or '') >= padded(next_id)) then return true end
    if enough() or not again(id, returned) then return false end
  end
end

local function soonest()
  local left = -1
  for _, among in ipairs({leases, delayed}) do
    local score = tonumber(call('ZRANGE', among, 0, 0, 'WITHSCORES')[2] or math.huge)
    if score < math.huge and (left < 0 or score - now < left) then left = math.max(0, score - now) end
  end
  return left
end
