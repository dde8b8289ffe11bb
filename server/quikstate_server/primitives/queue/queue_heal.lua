-- Finds out that a raw client deleted what is kept beside the stream, and goes through the stream again then.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    from, where to go on; note; careful, whether the sets were astray; is_kept(id, row); astray(),
--             which is the note of a new walk or nil; seen_to(id, note)
-- complexity: O(log n) for n items
--
-- cursor      `id`; after a walk `id members rows us`: by how many members of the sets, and rows, there were
--             more than items when it began, as where raw clients deleted items, and when that was
local PAUSE_US = 10000000
local from, note = (call('GET', cursor) or ''):match('^(%d+%-%d+) ?(.*)$')
from, note = from and padded(from) and from or '0-0', note or ''
local careful = note ~= ''

local function is_kept(id, row)
  if not careful and not row then return false end
  local due = call('ZSCORE', delayed, id)
  if due then return due ~= 'inf' end
  return call('ZSCORE', leases, id) or call('ZSCORE', returned, id) or call('ZSCORE', dead, id)
end

-- Once all was looked at, each item is in one set, and has a row; and none waits for another of its ordering
-- key where no other is out.
local function astray()
  local count, out = call('XLEN', items), call('ZCARD', leases) + call('ZCARD', returned)
  local waiting, soon = call('ZCARD', delayed), call('ZCOUNT', delayed, '-inf', '(inf')
  local members, rows = out + waiting + call('ZCARD', dead) - count, call('HLEN', deliveries) - count
  local stuck = out + soon == 0 and waiting > 0 and 's' or ''
  local told, before, at = string.format('%.0f %.0f%s', members, rows, stuck), note:match('^(.*) (%d+)$')
  if told == (before or '0 0') or (at and math.abs(now - at) < PAUSE_US) then return nil end
  return string.format('%s %.0f', told, now)
end

local function seen_to(id, new_note)
  call('SET', cursor, new_note == '' and id or id .. ' ' .. new_note)
end
