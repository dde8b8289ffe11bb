-- SLIDING_WINDOW_LOG: the time of every hit and its cost, so that any window W admits L at most.
-- KEYS:       a list: a total, then two numbers a hit: Redis time in µs, and the total with its cost
-- ARGV:       none of its own
-- defines:    sliding_window_log(), the constructor of an algorithm as rate_limit_rules.lua describes it
-- uses:       prelude: now
--             rate_limit_log_numbers.lua: log_number_readers
--             rate_limit_log_state.lua: log_state_functions
-- complexity: O(1) for a hit that passes; else O(log n) steps, whatever it costs
--
-- The state, whose counts and totals are from the start of the list:
--   entry_count    entries in the list, -1 without a list
--   expired_count  entries that have left the window       expired_total  the total up to there
--   timely_count   entries whose time is not after now     timely_units   units from expired_total to there
--   kept_units     those of timely_units that no refund of this request gave back
--   used_units     units that count against the limit, with what this request charged and refunded
-- Entries after timely_count are ahead of the clock, which went back: they count as if they were of now.
local function sliding_window_log()
  local log_number_at, count_log_entries = log_number_readers()
  local read_log, save_log = log_state_functions(log_number_at, count_log_entries)

  local function time_of_unit(state, unit)
    if unit > state.kept_units then return now end
    if unit == state.timely_units and not state.is_ahead then return state.newest end
    local max_total, first, last = state.expired_total + unit - 1, state.expired_count, state.timely_count
    local entry = count_log_entries(max_total, state.key, first, last, 2)
    return math.min(now, log_number_at(state.key, 2 * entry + 1) or now)
  end

  return {
    read_state = read_log,

    evaluate = function(state, rule, cost)
      local free, used_units = rule.limit - state.used_units, state.used_units
      local wait = cost > free and time_of_unit(state, cost - free) + rule.window - now or 0
      local full_after = used_units > 0 and time_of_unit(state, used_units) + rule.window - now or 0
      return wait, math.max(0, free), full_after
    end,

    charge = function(state, rule, cost) -- a refund gives back the newest units
      state.used_units = math.max(0, state.used_units + cost)
      state.kept_units = math.min(state.kept_units, state.used_units)
    end,

    save_state = save_log,
  }
end
