-- Deletes items: those named unless they are leased, or all of a kind.
-- KEYS:       [1..11] as queue_keys.lua says
-- ARGV:       [1] kind: `named`, `items` or `dead` [2] where to go on, '' at first [3] how far, '' for all
--             there is now [4] max items [5] max bytes read [6..] item ids
-- returns:    {how many were deleted, where to go on or '' (of those named: how many were examined), how
--             far}
-- uses:       queue_keys.lua: call, items, leases, dead, entry_of, delete_queue_if_empty; queue_rows.lua:
--             row_of, parse_entry; queue_item_moves.lua: delete_item; queue_entries.lua: entry_bytes,
--             for_each_entry
-- complexity: O(k log n) for k of n items
local kind, from, last = ARGV[1], ARGV[2], ARGV[3]
local max_items, max_bytes_read, purged, go_on_from = tonumber(ARGV[4]), tonumber(ARGV[5]), 0, ''

-- The entry is parsed only where the item has no row.
local function purge_item(id, entry)
  local row = row_of(id) or (entry and parse_entry(entry, 0, '1')) or {expires_at = 0, ordering_key = ''}
  purged = purged + delete_item(id, row)
end

local function purge_named(ids)
  local bytes_read = 0
  for number, id in ipairs(ids) do
    local entry = not row_of(id) and entry_of(id)
    if tonumber(call('ZSCORE', leases, id) or 0) <= now then purge_item(id, entry) end
    bytes_read = bytes_read + (entry and entry_bytes(entry) or 0)
    if bytes_read >= max_bytes_read and number < #ids then
      go_on_from = tostring(number)
      return
    end
  end
end

local function purge_dead_letters()
  if last == '' then last = call('ZRANGE', dead, -1, -1, 'WITHSCORES')[2] or '0' end
  local ids = call('ZRANGE', dead, '-inf', last, 'BYSCORE', 'LIMIT', 0, max_items)
  for _, id in ipairs(ids) do purge_item(id, nil) end
  go_on_from = #ids == max_items and 'more' or ''
end

local function purge_items()
  local examined = 0
  if last == '' then last = (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-0'})[1] end
  for_each_entry(from == '' and '-' or from, last, function(entry, bytes_read)
    if examined == max_items or (examined > 0 and bytes_read > max_bytes_read) then
      go_on_from = entry[1]
      return false
    end
    examined = examined + 1
    if not call('ZSCORE', dead, entry[1]) then purge_item(entry[1], entry) end
  end)
end

if kind == 'named' then purge_named({unpack(ARGV, 6)})
elseif kind == 'dead' then purge_dead_letters()
else purge_items() end
delete_queue_if_empty()
return {purged, go_on_from, last}
