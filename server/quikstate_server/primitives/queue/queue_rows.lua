-- Holds an item's row, which is its state beside the stream, and parses the fields of a stream entry.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    MAX_FIELD_TEXTS; new_row(max_attempts, expires_at, ordering_key); row_of(id); save_row(id,
--             row); parse_entry(entry, max_bytes, default_attempts), which returns a row, the entry's
--             bytes, and whether the entry is readable
-- uses:       queue_keys.lua: call, deliveries
-- complexity: O(1), of parse_entry O(b) for b bytes
--
-- row         attempts, max attempts, receipt of the current delivery, instant of expiry or 0, the id after
--             which a nacked item comes, ordering key
-- receipt     of the current or last delivery; or `-`: the item waits for its next delivery; `+`: it was
--             nacked with a delay; `!`: it is unreadable, and a dead letter
local MAX_FIELD_TEXTS, MAX_INT32 = 2000, 2147483647

local function parse_whole(text, max)
  local number = #text <= 16 and text:match('^%d+$') and tonumber(text)
  return number and number >= 1 and number <= max and number
end

-- Raw Redis clients may have written any text: nil for one that is not a row.
local function row_of(id)
  local attempts, max_attempts, receipt, expires_at, nacked_after, ordering_key =
    (call('HGET', deliveries, id) or ''):match('^(%d+) (%d+) (%S+) (%d+) (%S+) (.*)$')
  if not attempts then return nil end
  return {
    attempts = math.min(tonumber(attempts), MAX_INT32),
    max_attempts = math.min(tonumber(max_attempts), MAX_INT32),
    receipt = receipt,
    expires_at = math.min(tonumber(expires_at), 2^53),
    nacked_after = nacked_after,
    ordering_key = ordering_key,
  }
end

local function new_row(max_attempts, expires_at, ordering_key)
  return {attempts = 0, max_attempts = max_attempts, receipt = '-', expires_at = expires_at,
    nacked_after = '0-0', ordering_key = ordering_key}
end

local function save_row(id, row)
  local numbers = string.format('%d %d %s %.0f ', row.attempts, row.max_attempts, row.receipt, row.expires_at)
  call('HSET', deliveries, id, numbers .. row.nacked_after .. ' ' .. row.ordering_key)
end

-- An entry is readable if it has at most `max_bytes` and MAX_FIELD_TEXTS, and its numbers are numbers.
local function parse_entry(entry, max_bytes, default_attempts)
  local flat, fields, bytes = entry[2], {}, 0
  for i = 1, #flat, 2 do
    fields[flat[i]] = flat[i + 1]
    bytes = bytes + #flat[i] + #flat[i + 1]
  end
  local max_attempts = parse_whole(fields.max_attempts or default_attempts, MAX_INT32)
  local expires_at = not fields.expires_at and 0 or parse_whole(fields.expires_at, 2^53)
  local row = new_row(max_attempts or tonumber(default_attempts), expires_at or 0, fields.ordering_key or '')
  return row, bytes, max_attempts and expires_at and bytes <= max_bytes and #flat <= MAX_FIELD_TEXTS
end
