-- Finds an instant in a list of them, oldest first.
-- KEYS:       a list of Redis times in µs
-- ARGV:       none of its own
-- defines:    count_until(instant, key, length)
-- returns:    how many of the first `length` are at or before `instant`
-- complexity: O(1) where all are, or none is; else O(log n)
local function count_until(instant, key, length)
  local function at(i) return tonumber(redis.call('LINDEX', key, i)) end
  if length == 0 or at(0) > instant then return 0 end
  if at(length - 1) <= instant then return length end
  local low, high = 1, length - 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if at(middle) <= instant then low = middle + 1 else high = middle end
  end
  return low
end
