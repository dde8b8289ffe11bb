-- What is known of a resource's tokens.
-- KEYS:       none of its own
-- ARGV:       none of its own
-- defines:    known_tokens(fence): epoch and seq of the last token, and of the lowest that is not stale
-- complexity: O(1)
-- A number beyond those that a token has was not written by us: what it means nobody knows.
local function known_tokens(fence)
  local told = redis.call('GET', fence) or '0 0 0 0'
  local numbers = {told:match('^(%d+) (%d+) (%d+) (%d+)$')}
  for i, number in ipairs(numbers) do
    numbers[i] = tonumber(number)
    if numbers[i] >= (i % 2 == 1 and 2 ^ 11 or 2 ^ 52) then numbers = {} end
  end
  if not numbers[1] then error({err = 'WRONGTYPE ' .. fence .. ' holds no tokens'}) end
  return unpack(numbers)
end
