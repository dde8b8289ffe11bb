-- Leases items: those whose lease has ended, those that became due, and then those never delivered.
-- KEYS:       [1..11] as queue_state.lua says
-- ARGV:       [1..8] as queue_offer.lua and queue_look.lua say
-- returns:    {1 if there may be more now, us until the next is due or -1, {id, attempt, {field, …}}, …}
-- complexity: O(k log n) for k items looked at among n, and 100 expired ones
local seen, line = from, false

local function due(among)
  local ids = call('ZRANGE', among, '-inf', now, 'BYSCORE', 'LIMIT', 0, most + 16)
  for _, id in ipairs(ids) do if enough() or not again(id, among) then return false end end
  return #ids < most + 16
end

local function first(entry)
  local id, row = entry[1], row_of(entry[1])
  if (line and not returned_before(id)) or enough() then return false end
  if is_kept(id, row) then pass_over(entry) return true end
  return offer(id, entry, row and row.attempts or 0)
end

-- Those up to the cursor are in one of the sets; of those behind it, the new ones with a delay are too.
local function fresh()
  local chunk = 1
  while seen ~= LAST_ID do
    local entries, before = call('XRANGE', items, '(' .. seen, '+', 'COUNT', chunk), read_bytes
    if #entries == 0 then break end
    for _, entry in ipairs(entries) do
      if entry[1] == LAST_ID and not row_of(LAST_ID) then loosen() break end
      if not first(entry) then return false end
      seen, looked = entry[1], looked + 1
    end
    chunk = read_bytes - before < 65536 and math.min(2 * chunk, 16) or 1
  end
  return returned_before(nil)
end

if not tidy() then return {0, -1} end
sweep()
local ended = due(leases) and due(delayed)
line = call('EXISTS', returned) == 1
ended = ended and fresh()
local new_note = ended and #taken < most and astray()
if new_note then seen_to('0-0', new_note) elseif seen ~= from then seen_to(seen, note) end
local there, next_due = tidy(), soonest()
return {there and (new_note or not ended or next_due == 0) and 1 or 0, next_due, unpack(taken)}
