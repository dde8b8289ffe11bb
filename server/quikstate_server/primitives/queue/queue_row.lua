-- What is kept of an item beside the stream, and what the item says of itself, if that can be read.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    row_of(id), nil without one; save(id, row); read(entry, largest, usual), which is a row, the
--             item's size, and whether it can be read: no more than `largest` bytes, numbers that are some
-- complexity: O(1), of read O(b) for b bytes
--
-- row         attempts, most attempts, receipt of who has it, instant of its expiry or 0, what it is behind
--             in the line of the returned, ordering key
-- receipt     `-` for nobody, `+` if it was nacked, `!` if it cannot be read
local MOST_WORDS, MOST_INT32 = 2000, 2147483647

local function whole(text, most)
  local number = #text <= 16 and text:match('^%d+$') and tonumber(text)
  return number and number >= 1 and number <= most and number
end

-- A raw client may have written anything here too.
local function row_of(id)
  local attempts, most, receipt, expires, after, key =
    (call('HGET', deliveries, id) or ''):match('^(%d+) (%d+) (%S+) (%d+) (%S+) (.*)$')
  return attempts and {attempts = math.min(tonumber(attempts), MOST_INT32),
    most = whole(most, MOST_INT32) or 1, receipt = receipt, expires = whole(expires, 2^53) or 0,
    after = after, key = key}
end

local function save(id, row)
  local words = string.format('%d %d %s %.0f ', row.attempts, row.most, row.receipt, row.expires)
  call('HSET', deliveries, id, words .. row.after .. ' ' .. row.key)
end

local function read(entry, largest, usual)
  local flat, fields, size = entry[2], {}, 0
  for i = 1, #flat, 2 do
    fields[flat[i]] = flat[i + 1]
    size = size + #flat[i] + #flat[i + 1]
  end
  local most = whole(fields.max_attempts or usual, MOST_INT32)
  local expires = not fields.expires_at and 0 or whole(fields.expires_at, 2^53)
  local row = {attempts = 0, most = most or tonumber(usual), receipt = '-', expires = expires or 0,
    after = '0-0', key = fields.ordering_key or ''}
  return row, size, most and expires and size <= largest and #flat <= MOST_WORDS
end
