-- Counts a queue's items, and shows some of them.
-- KEYS:       [1..11] as queue_keys.lua says
-- ARGV:       [1] max bytes of one item [2] max attempts of a raw Redis client's item [3] view: '', `items`
--             or `dead` [4] where the page begins [5] max items [6] max bytes [7] max bytes read
-- returns:    {{ready, delayed, leased, dead, age of the oldest in us or -1}, next page or '', {id,
--             attempts, {field, value, …}, state}, …}; an unreadable item without its fields
-- uses:       queue_keys.lua: call, dead, entry_of; queue_rows.lua: row_of, parse_entry; queue_expiry.lua:
--             is_expired; queue_entries.lua: entry_bytes, for_each_entry; queue_counts.lua: state_of_item,
--             count_items
-- complexity: O(log n + k) for k of n items
local UNREADABLE = '!'  -- instead of a receipt, see queue_rows.lua
local max_item_bytes, default_attempts = tonumber(ARGV[1]), ARGV[2]
local view, page, max_items, bytes_left = ARGV[3], ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local max_bytes_read, shown, next_page = tonumber(ARGV[7]), {}, ''

-- Returns false if the page is full: `position` begins the next one.
local function show_entry(entry, bytes_read, position)
  local row = row_of(entry[1])
  local _, bytes, readable = parse_entry(entry, max_item_bytes, default_attempts)
  local fields = readable and not (row and row.receipt == UNREADABLE) and entry[2] or {}
  if #fields > 0 then bytes_left = bytes_left - bytes end
  if #shown == max_items or (#shown > 0 and (bytes_left < 0 or bytes_read > max_bytes_read)) then
    next_page = position
    return false
  end
  shown[#shown + 1] = {entry[1], row and row.attempts or 0, fields, state_of_item(entry[1])}
end

if view == 'items' then
  for_each_entry(page == '' and '-' or page, '+', function(entry, bytes_read)
    return is_expired(entry[1]) or show_entry(entry, bytes_read, entry[1])
  end)
elseif view == 'dead' then
  local first, bytes_read = tonumber(page) or 0, 0
  for number, id in ipairs(call('ZRANGE', dead, first, first + max_items)) do
    local entry = (row_of(id) or {}).receipt ~= UNREADABLE and entry_of(id) or {id, {}}
    bytes_read = bytes_read + entry_bytes(entry)
    if show_entry(entry, bytes_read, tostring(first + number - 1)) == false then break end
  end
end
return {count_items(max_bytes_read), next_page, unpack(shown)}
