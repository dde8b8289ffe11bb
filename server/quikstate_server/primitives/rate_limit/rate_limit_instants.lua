-- Numbers in a list of entries: the total before the first entry, then two an entry, as
-- rate_limit_sliding_window_log.lua keeps them: an instant, and the total with it.
-- KEYS:       a list of numbers, as above
-- ARGV:       as rate_limit_check.lua says
-- defines:    dry, LONGEST, the most µs of an answer; number_at(key, index), nil if no double counts so far;
--             count_until(bound, key, from, to, field), how many entries have a number of at most `bound`:
--             the first `from` do, those after `to` do not; `field` 1 is an entry's instant, 2 its total
-- complexity: O(1) where none between `from` and `to` does, or all do; else O(log n) steps
local dry = ARGV[2] == '1'
local LONGEST = 315576e12 -- 10,000 years, as long as a google.protobuf.Duration may be

local function number_at(key, index)
  local number = tonumber(redis.call('LINDEX', key, index) or nil)
  return number and number >= 0 and number <= 2^53 and number or nil
end

local function count_until(bound, key, from, to, field)
  local function is_within(i) return (number_at(key, 2 * i + field) or 0) <= bound end
  if from >= to or not is_within(from) then return from end
  if is_within(to - 1) then return to end
  local low, high = from + 1, to - 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if is_within(middle) then low = middle + 1 else high = middle end
  end
  return low
end
