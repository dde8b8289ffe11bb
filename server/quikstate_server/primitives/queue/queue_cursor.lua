-- Keeps the position of first deliveries in the stream, and detects that the stream must be read again
-- because a raw Redis client deleted state beside it.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    cursor_id; cursor_note; has_state(id, row); note_of_mismatch(), the note of a new pass, or
--             nil; save_cursor(id, note)
-- uses:       queue_keys.lua: call, the keys, sortable_id
-- complexity: O(log n) for n items
--
-- cursor      `id`, and during a second pass `id members rows us`. The note says by how many the members of
--             the sets, and the rows, exceeded the items when the pass began, as they do where raw Redis
--             clients deleted items, and when that was
local PAUSE_US = 10000000
local cursor_id, cursor_note = (call('GET', cursor) or ''):match('^(%d+%-%d+) ?(.*)$')
cursor_id, cursor_note = cursor_id and sortable_id(cursor_id) and cursor_id or '0-0', cursor_note or ''

-- In a first pass an item with a row has been examined before. In a second pass the sets decide.
local function has_state(id, row)
  if cursor_note == '' and not row then return false end
  local due = call('ZSCORE', delayed, id)
  if due then return due ~= 'inf' end
  return call('ZSCORE', leases, id) or call('ZSCORE', returned, id) or call('ZSCORE', dead, id)
end

-- At the end of a pass each item is in one set and has a row, and an item waits for an earlier one of its
-- ordering key only while another item is out.
local function note_of_mismatch()
  local count = call('XLEN', items)
  local out = call('ZCARD', leases) + call('ZCARD', returned)
  local waiting, due = call('ZCARD', delayed), call('ZCOUNT', delayed, '-inf', '(inf')
  local members = out + waiting + call('ZCARD', dead) - count
  local rows = call('HLEN', deliveries) - count
  local stuck = out + due == 0 and waiting > 0 and 's' or ''
  local note = string.format('%.0f %.0f%s', members, rows, stuck)
  local before, at = cursor_note:match('^(.*) (%d+)$')
  if note == (before or '0 0') or (at and math.abs(now - at) < PAUSE_US) then return nil end
  return string.format('%s %.0f', note, now)
end

local function save_cursor(id, note)
  call('SET', cursor, note == '' and id or id .. ' ' .. note)
end
