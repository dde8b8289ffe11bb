-- Reads and writes the fencing tokens of a resource.
-- KEYS:       none of its own
-- ARGV:       none of its own
-- defines:    format_integer(number), format_token(epoch, seq),
--             read_tokens(fence): epoch and seq of the last token, and of the lowest that is not stale
-- complexity: O(1)
local function format_integer(number)
  return string.format('%.0f', number)
end

local function format_token(epoch, seq)
  return string.format('%d %.0f', epoch, seq)
end

-- A number too high for a token was not written by a script: its meaning is unknown.
local function read_tokens(fence)
  local text = redis.call('GET', fence)
  if not text then return 0, 0, 0, 0 end

  local epoch, seq, lowest_epoch, lowest_seq = text:match('^(%d+) (%d+) (%d+) (%d+)$')
  epoch, seq = tonumber(epoch), tonumber(seq)
  lowest_epoch, lowest_seq = tonumber(lowest_epoch), tonumber(lowest_seq)
  if not epoch or epoch >= 2 ^ 11 or lowest_epoch >= 2 ^ 11 or seq >= 2 ^ 52 or lowest_seq >= 2 ^ 52 then
    error({err = 'WRONGTYPE ' .. fence .. ' holds no tokens'})
  end
  return epoch, seq, lowest_epoch, lowest_seq
end
