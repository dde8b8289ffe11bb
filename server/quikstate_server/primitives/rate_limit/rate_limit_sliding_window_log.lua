-- SLIDING_WINDOW_LOG: the time of every hit and its cost, so that any window W admits L at most.
-- KEYS:       a list: a total, then two numbers a hit: Redis time in µs, and the total with its cost
-- ARGV:       none of its own
-- defines:    sliding_window_log(), the constructor of an algorithm as rate_limit_rules.lua describes it
-- uses:       prelude: now
--             rate_limit_log_numbers.lua: log_number_readers
--             rate_limit_log_state.lua: log_state_functions
-- complexity: O(1) for a hit that passes; else O(log n) steps, whatever it costs
--
-- The state, whose numbers of entries and totals count from the start of the list:
--   gone    entries that have left the window    before  the total with the last of them
--   past    entries whose time is not ahead      whole   the units from `before` to the total at `past`
--   kept    units of `whole` not given back      used    units that count
-- Entries after `past` are ahead of the clock, which went back, and count as of now.
local function sliding_window_log()
  local log_number_at, count_log_entries = log_number_readers()
  local read_log, save_log = log_state_functions(log_number_at, count_log_entries)

  local function time_of_unit(state, unit)
    if unit > state.kept then return now end
    if unit == state.whole and not state.is_ahead then return state.newest end
    local entry = count_log_entries(state.before + unit - 1, state.key, state.gone, state.past, 2)
    return math.min(now, log_number_at(state.key, 2 * entry + 1) or now)
  end

  return {
    read_state = read_log,

    evaluate = function(state, rule, cost)
      local free, used = rule.limit - state.used, state.used
      local wait = cost > free and time_of_unit(state, cost - free) + rule.window - now or 0
      local full_after = used > 0 and time_of_unit(state, used) + rule.window - now or 0
      return wait, math.max(0, free), full_after
    end,

    charge = function(state, rule, cost) -- a refund gives back the newest units
      state.used = math.max(0, state.used + cost)
      state.kept = math.min(state.kept, state.used)
    end,

    save_state = save_log,
  }
end
