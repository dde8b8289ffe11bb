-- Offers items again: those whose lease ended, those that became due, and those that were nacked.
-- offer_item in queue_delivery.lua decides whether an item is leased or becomes a dead letter.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    offer_again(id, from_set); offer_nacked(next_id), which offers the nacked items that come
--             before the entry `next_id`, or all; both return false if a limit is reached; next_due_us(),
--             us until the next item is due, or -1
-- uses:       queue_keys.lua: call, the keys, sortable_id, entry_of; queue_rows.lua: row_of;
--             queue_item_moves.lua: move_to_nacked; queue_delivery.lua: examined, is_limit_reached,
--             offer_item
-- complexity: O(log n) for n items, of offer_nacked for each of those
local function offer_again(id, from_set)
  examined = examined + 1
  if not sortable_id(id) then call('ZREM', from_set, id) return true end  -- a raw Redis client added it
  local row, entry = row_of(id), entry_of(id)
  if entry and row and row.receipt == '+' and from_set == delayed then  -- '+': nacked, and its delay is over
    move_to_nacked(id, row)
    return true
  end
  return offer_item(id, entry, row and row.attempts or 0, from_set)
end

-- A nacked item comes before the entries that the stream did not have yet when the item was nacked.
local function offer_nacked(next_id)
  while true do
    local id = call('ZRANGE', nacked, 0, 0)[1]
    if not id then return true end
    local row = row_of(id)
    local after = row and (sortable_id(row.nacked_after) or '')
    if next_id and after and after >= sortable_id(next_id) then return true end
    if is_limit_reached() or not offer_again(id, nacked) then return false end
  end
end

local function next_due_us()
  local next_due = math.huge
  for _, set in ipairs({leases, delayed}) do
    local score = tonumber(call('ZRANGE', set, 0, 0, 'WITHSCORES')[2] or math.huge)
    next_due = math.min(next_due, score)
  end
  return next_due < math.huge and math.max(0, next_due - now) or -1
end
