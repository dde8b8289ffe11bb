-- Reads the numbers in the list of a sliding window log: the total before the first entry, then two numbers
-- an entry, as rate_limit_sliding_window_log.lua keeps them: a time, and the total with that entry.
-- KEYS:       a list of numbers, as above
-- ARGV:       none of its own
-- defines:    log_number_readers(), which returns two functions:
--             log_number_at(key, index): a number; nil if it is none, or not exact as a double
--             count_log_entries(max, key, from, to, field): how many entries have a number of at most `max`,
--             if the first `from` do, and those after `to` do not; `field` 1 is an entry's time, 2 its total
-- complexity: O(1) if none between `from` and `to` does, or all do; else O(log n) steps
local function log_number_readers()
  local function log_number_at(key, index)
    local number = tonumber(redis.call('LINDEX', key, index) or nil)
    return number and number >= 0 and number <= 2^53 and number or nil
  end

  local function count_log_entries(max, key, from, to, field)
    local function is_counted(entry) return (log_number_at(key, 2 * entry + field) or 0) <= max end
    if from >= to or not is_counted(from) then return from end
    if is_counted(to - 1) then return to end
    local low, high = from + 1, to - 1
    while low < high do
      local middle = math.floor((low + high) / 2)
      if is_counted(middle) then low = middle + 1 else high = middle end
    end
    return low
  end

  return log_number_at, count_log_entries
end
