-- Leases items: those whose lease has ended, those that became due, then new and nacked ones.
-- KEYS:       [1..11] as queue_keys.lua says
-- ARGV:       [1..8] as queue_delivery.lua says
-- returns:    {1 if there may be more now, -1 if the queue had no items, else 0; us until the next is due or
--             -1; then an item each: {id, attempt, {field, value, …}}}
-- uses:       queue_keys.lua: call, the keys, delete_queue_if_empty; queue_rows.lua: row_of;
--             queue_item_moves.lua: deleted_entries; queue_expiry.lua: delete_expired_items;
--             queue_append.lua: LAST_ID, free_last_id; queue_cursor.lua: cursor_id, known_mismatch,
--             is_in_a_set, new_mismatch, save_cursor; queue_delivery.lua: leased_items, max_items, examined,
--             bytes_read, is_limit_reached, count_skipped_entry, offer_item; queue_due_items.lua:
--             offer_again, offer_nacked, next_due_us
-- complexity: O(k log n) for k items examined among n, and 100 expired ones
local position, has_nacked = cursor_id, false

local function offer_due(set)
  local ids = call('ZRANGE', set, '-inf', now, 'BYSCORE', 'LIMIT', 0, max_items + 16)
  for _, id in ipairs(ids) do
    if is_limit_reached() or not offer_again(id, set) then return false end
  end
  return #ids < max_items + 16
end

local function offer_entry(entry)
  local id, row = entry[1], row_of(entry[1])
  if (has_nacked and not offer_nacked(id)) or is_limit_reached() then return false end
  if is_in_a_set(id, row) then count_skipped_entry(entry) return true end
  return offer_item(id, entry, row and row.attempts or 0)
end

-- Entries up to the cursor are in one of the sets; of those behind it, new ones with a delay are too.
local function offer_new()
  local chunk = 1
  while position ~= LAST_ID do
    local entries, bytes_before = call('XRANGE', items, '(' .. position, '+', 'COUNT', chunk), bytes_read
    if #entries == 0 then break end
    for _, entry in ipairs(entries) do
      if entry[1] == LAST_ID and not row_of(LAST_ID) then free_last_id() break end
      if not offer_entry(entry) then return false end
      position, examined = entry[1], examined + 1
    end
    chunk = bytes_read - bytes_before < 65536 and math.min(2 * chunk, 16) or 1
  end
  return offer_nacked(nil)
end

if not delete_queue_if_empty() then return {-1, -1} end
delete_expired_items()
local is_complete = offer_due(leases) and offer_due(delayed)
has_nacked = call('EXISTS', nacked) == 1
is_complete = is_complete and offer_new()

local mismatch = is_complete and #leased_items < max_items and new_mismatch()
if mismatch then
  save_cursor('0-0', mismatch)
elseif position ~= cursor_id then
  save_cursor(position, known_mismatch)
end
local has_items, next_due = deleted_entries == 0 or delete_queue_if_empty(), next_due_us()
local may_have_more = has_items and (mismatch or not is_complete or next_due == 0)
return {may_have_more and 1 or 0, next_due, unpack(leased_items)}
