-- Leases one item to the caller; or blocks it, deletes it or makes it a dead letter.
-- KEYS:       those of queue_keys.lua
-- ARGV:       [1] max bytes of one item [2] max attempts of a raw Redis client's item [3] max items [4] max
--             bytes of those after the first [5] lease us [6] receipt [7] max items examined [8] max bytes
--             read
-- defines:    leased_items; max_items; examined; bytes_read; is_limit_reached();
--             count_skipped_entry(entry); offer_item(id, entry, attempts, from_set), which takes the item
--             out of from_set, or leaves all as it is and returns false if there is no room left for the
--             item
-- uses:       queue_keys.lua: call, the keys; queue_rows.lua: row_of, save_row, parse_entry;
--             queue_ordering_keys.lua: add_to_ordering_key, is_first_of_ordering_key; queue_item_moves.lua:
--             delete_item; queue_dead_letters.lua: has_attempts_left, move_to_dead_letters
-- complexity: O(log n) for n items
local max_item_bytes, default_attempts = tonumber(ARGV[1]), ARGV[2]
local max_items, bytes_left, lease, receipt = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], ARGV[6]
local max_examined, max_bytes_read = tonumber(ARGV[7]), tonumber(ARGV[8])
local leased_items, examined, bytes_read = {}, 0, 0

local function is_limit_reached()
  return #leased_items == max_items or examined >= max_examined or bytes_read >= max_bytes_read
end

local function count_skipped_entry(entry)
  local _, bytes = parse_entry(entry, max_item_bytes, default_attempts)
  bytes_read = bytes_read + bytes
end

local function move_item(id, row, from_set, to_set, score)
  save_row(id, row)
  if from_set and from_set ~= to_set then call('ZREM', from_set, id) end
  call('ZADD', to_set, score, id)
  return true
end

local function lease_item(id, entry, row, from_set)
  row.attempts, row.receipt = row.attempts + 1, receipt
  if row.expires_at > 0 then call('ZADD', expiries, math.max(row.expires_at, now + lease), id) end
  leased_items[#leased_items + 1] = {id, row.attempts, entry[2]}
  return move_item(id, row, from_set, leases, now + lease)
end

-- An item whose last attempt ended with its lease, without a settlement, becomes a dead letter here.
local function offer_item(id, entry, attempts, from_set)
  if not entry then  -- a raw Redis client deleted it
    return delete_item(id, row_of(id) or {expires_at = 0, ordering_key = ''})
  end
  local row, bytes, readable = parse_entry(entry, max_item_bytes, default_attempts)
  row.attempts, bytes_read = attempts, bytes_read + bytes
  if readable and row.expires_at > 0 and row.expires_at <= now then return delete_item(id, row) end
  if not readable then row.receipt = '!' end  -- '!': it is unreadable
  if not readable or not has_attempts_left(row) then move_to_dead_letters(id, row) return true end
  add_to_ordering_key(id, row.ordering_key)  -- for an item that a raw Redis client added
  if row.expires_at > 0 then call('ZADD', expiries, 'NX', row.expires_at, id) end
  local is_blocked = row.ordering_key ~= '' and not is_first_of_ordering_key(id, row.ordering_key)
  if is_blocked then return move_item(id, row, from_set, delayed, 'inf') end
  if #leased_items > 0 and bytes > bytes_left then return false end
  bytes_left = bytes_left - bytes
  return lease_item(id, entry, row, from_set)
end
