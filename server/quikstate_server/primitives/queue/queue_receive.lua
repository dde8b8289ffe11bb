-- Leases items: those whose lease has ended, then those that became due, then those never delivered.
-- KEYS:       [1..7] as queue_state.lua says
-- ARGV:       [1..5] as queue_offer.lua says
-- returns:    {1 if there may be more now, us until the next is due or -1, {id, attempt, {field, value, …}}, …}
-- complexity: O(k log n) for k items looked at among n, at most 3 times those asked for and 200
local most_looked, chunk = 200, 16

local function due(among)
  for _, id in ipairs(call('ZRANGE', among, '-inf', now, 'BYSCORE', 'LIMIT', 0, most)) do
    local attempts, _, _, key = delivery_of(id)
    if not offer(id, call('XRANGE', items, id, id)[1], attempts, key or '') then return false end
  end
  return true
end

-- Those behind the cursor are in one of the sets; of those before it, the new ones with a delay are too.
local function fresh()
  local from, looked = call('GET', cursor) or '0-0', 0
  local seen, full, ended = from, false, false
  while #taken < most and looked < most_looked and not (full or ended) do
    local entries = call('XRANGE', items, '(' .. seen, '+', 'COUNT', math.min(chunk, most - #taken))
    ended = #entries == 0
    for _, entry in ipairs(entries) do
      local id = entry[1]
      full = not call('HGET', deliveries, id) and not offer(id, entry, 0, '')
      if full then break end
      seen, looked = id, looked + 1
    end
  end
  if seen ~= from then call('SET', cursor, seen) end
  return ended
end

local there = call('XLEN', items) > 0
local ended = there and due(leases) and due(delayed) and fresh()
if dropped > 0 or not there then tidy() end
local next_due = -1
for _, among in ipairs({leases, delayed}) do
  local score = call('ZRANGE', among, 0, 0, 'WITHSCORES')[2]
  local left = score and math.max(0, score - now)
  if left and (next_due < 0 or left < next_due) then next_due = left end
end
local more = (there and not ended) or next_due == 0
return {more and 1 or 0, next_due, unpack(taken)}
