-- What is known of a resource's tokens.
-- KEYS:       none of its own
-- ARGV:       none of its own
-- defines:    known_tokens(fence): epoch and seq of the last token, and of the lowest that is not stale
-- complexity: O(1)
-- A number beyond those that a token has was not written by us: what it means nobody knows.
local function known_tokens(fence)
  local told = redis.call('GET', fence)
  if not told then return 0, 0, 0, 0 end
  local epoch, last, low_epoch, low = told:match('^(%d+) (%d+) (%d+) (%d+)$')
  epoch, last, low_epoch, low = tonumber(epoch), tonumber(last), tonumber(low_epoch), tonumber(low)
  if not epoch or epoch >= 2 ^ 11 or low_epoch >= 2 ^ 11 or last >= 2 ^ 52 or low >= 2 ^ 52 then
    error({err = 'WRONGTYPE ' .. fence .. ' holds no tokens'})
  end
  return epoch, last, low_epoch, low
end
