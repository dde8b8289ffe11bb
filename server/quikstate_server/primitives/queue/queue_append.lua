-- Appends an entry to the stream.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    LAST_ID; free_last_id(); append_entry(fields, number), which returns the entry's id, or nil
--             if the stream can take no more entries
-- uses:       queue_keys.lua: call, items, entry_of; queue_rows.lua: MAX_FIELD_TEXTS, parse_entry;
--             queue_dead_letters.lua: move_to_dead_letters
-- complexity: O(log n) for n items
local LAST_ID = '18446744073709551615-18446744073709551615'

-- The id has the microsecond in it, so that a stream that was deleted and begins again uses no id twice.
local function try_append(fields, number)
  local id = string.format('%.0f-%.0f', math.floor(now / 1000), now % 1000 * 1000 + number)
  local count = math.min(#fields, MAX_FIELD_TEXTS)
  local added = redis.pcall('XADD', items, id, unpack(fields, 1, count))
  if added.err then added = redis.pcall('XADD', items, '*', unpack(fields, 1, count)) end
  return not added.err and added or nil, added.err
end

-- Nothing can be appended behind the last id there is. If a raw Redis client used it, its entry becomes a
-- dead letter under another id, and the stream goes on behind the entry before it.
local function free_last_id()
  local entry = entry_of(LAST_ID)
  call('XDEL', items, LAST_ID)
  local before = (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-1'})[1]
  call('XSETID', items, LAST_ID, 'ENTRIESADDED', call('XLEN', items) + 1, 'MAXDELETEDID', '0-1')
  call('XSETID', items, before)  -- Valkey refuses this without the line above
  local id = entry and try_append(entry[2], 0)
  if not id then return end
  local row = parse_entry(entry, 0, '1')
  row.receipt, row.ordering_key = '!', ''  -- '!': it is unreadable
  move_to_dead_letters(id, row)
end

local function append_entry(fields, number)
  local id, refused = try_append(fields, number)
  if id then return id end
  if not refused:find('exhausted') then error({err = refused}) end
  free_last_id()
  return (try_append(fields, number))
end
