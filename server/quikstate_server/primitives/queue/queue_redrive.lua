-- Enqueues dead letters again, at the end. Unreadable ones stay dead letters, as those that died last.
-- KEYS:       [1..11] as queue_keys.lua says
-- ARGV:       [1] max bytes of one item [2] max attempts of a raw Redis client's item [3] max items [4] max
--             bytes read [5] score of the last dead letter to redrive, '' for the last there is [6..] item
--             ids, none for all
-- returns:    {how many were redriven, how many were examined, score of the last dead letter to redrive,
--             how many dead letters there were up to it}
-- uses:       queue_keys.lua: call, dead, entry_of, wake_waiters, delete_queue_if_empty; queue_rows.lua:
--             row_of, parse_entry; queue_ordering_keys.lua: add_to_ordering_key; queue_item_moves.lua:
--             delete_item; queue_dead_letters.lua: move_to_dead_letters; queue_append.lua: append_entry;
--             queue_dedup.lua: move_dedup_key
-- complexity: O(k log n) for k of n items
local max_item_bytes, default_attempts = tonumber(ARGV[1]), ARGV[2]
local max_items, max_bytes_read, last, ids = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], {unpack(ARGV, 6)}
local redriven, examined, bytes_read = 0, 0, 0

if last == '' then last = call('ZRANGE', dead, -1, -1, 'WITHSCORES')[2] or '0' end
local count = call('ZCOUNT', dead, '-inf', last)
if #ids == 0 then ids = call('ZRANGE', dead, '-inf', last, 'BYSCORE', 'LIMIT', 0, max_items) end

local function without_expiry(flat)
  local fields = {}
  for i = 1, #flat, 2 do
    if flat[i] ~= 'expires_at' then
      fields[#fields + 1] = flat[i]
      fields[#fields + 1] = flat[i + 1]
    end
  end
  return fields
end

local function redrive_item(id, row)
  local entry = entry_of(id)
  if not entry then  -- a raw Redis client deleted it
    return delete_item(id, row or {expires_at = 0, ordering_key = ''})
  end
  local parsed, bytes, readable = parse_entry(entry, max_item_bytes, default_attempts)
  bytes_read = bytes_read + bytes
  local new_id = readable and append_entry(without_expiry(entry[2]), redriven + 1)
  if not new_id then return move_to_dead_letters(id, row or parsed) end
  add_to_ordering_key(new_id, parsed.ordering_key)
  move_dedup_key(id, new_id)
  delete_item(id, {expires_at = 0, ordering_key = ''})
  redriven = redriven + 1
end

for _, id in ipairs(ids) do
  if bytes_read >= max_bytes_read then break end
  examined = examined + 1
  if call('ZSCORE', dead, id) then redrive_item(id, row_of(id)) end
end
if redriven > 0 then wake_waiters(redriven) end
delete_queue_if_empty()
return {redriven, examined, last, count}
