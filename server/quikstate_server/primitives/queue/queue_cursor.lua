-- Keeps how far the stream was read for first deliveries, and decides when to read it from its start again.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    cursor_id; known_mismatch; is_in_a_set(id, row); new_mismatch(), which is not nil if the stream
--             must be read again; save_cursor(id, mismatch)
-- uses:       queue_keys.lua: call, the keys, sortable_id
-- complexity: O(log n) for n items
--
-- cursor      `id`, the last entry examined, or `id mismatch`
-- mismatch    `members rows us`, or '' if none was found yet: by how many the members of leases, nacked,
--             delayed and dead exceed the items, the same of the rows, and when this was found. An `s`
--             after the rows means that items are stuck, see new_mismatch
--
-- When the stream was read to its end, each item has a row and is in one of these four sets. If not, a raw
-- Redis client deleted keys or items. Then the stream is read again from its beginning, and items that are in
-- no set are delivered again. If the mismatch is the same afterwards, it comes from items that were deleted,
-- and reading again would find nothing.
local PAUSE_US = 10000000  -- between two readings from the beginning
local cursor_id, known_mismatch = (call('GET', cursor) or ''):match('^(%d+%-%d+) ?(.*)$')
cursor_id = cursor_id and sortable_id(cursor_id) and cursor_id or '0-0'
known_mismatch = known_mismatch or ''

-- Until a mismatch is found, an item without a row is in no set. A blocked item is examined again.
local function is_in_a_set(id, row)
  if known_mismatch == '' and not row then return false end
  local due = call('ZSCORE', delayed, id)
  if due then return due ~= 'inf' end
  return call('ZSCORE', leases, id) or call('ZSCORE', nacked, id) or call('ZSCORE', dead, id)
end

-- Items are stuck if all that are not dead are blocked by their ordering keys: none is left to unblock them.
local function new_mismatch()
  local count = call('XLEN', items)
  local leased_or_nacked = call('ZCARD', leases) + call('ZCARD', nacked)
  local delayed_or_blocked, delayed_count = call('ZCARD', delayed), call('ZCOUNT', delayed, '-inf', '(inf')
  local members = leased_or_nacked + delayed_or_blocked + call('ZCARD', dead) - count
  local rows = call('HLEN', deliveries) - count
  local stuck = leased_or_nacked + delayed_count == 0 and delayed_or_blocked > 0 and 's' or ''
  local mismatch = string.format('%.0f %.0f%s', members, rows, stuck)

  local before, at = known_mismatch:match('^(.*) (%d+)$')
  if mismatch == (before or '0 0') or (at and math.abs(now - at) < PAUSE_US) then return nil end
  return string.format('%s %.0f', mismatch, now)
end

local function save_cursor(id, mismatch)
  call('SET', cursor, mismatch == '' and id or id .. ' ' .. mismatch)
end
