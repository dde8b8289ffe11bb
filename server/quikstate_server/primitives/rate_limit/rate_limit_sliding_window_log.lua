-- SLIDING_WINDOW_LOG: the instant of every hit and its cost, so that any window W admits L at most.
-- KEYS:       a list: a total, then two numbers a hit: Redis time in µs, and the total with its cost
-- ARGV:       none of its own
-- defines:    sliding_window_log(), which makes what rate_limit_hit.lua asks of an algorithm
-- returns:    as rate_limit_check.lua says
-- complexity: O(1) for a hit that passes; else O(log n) steps, whatever it costs
--
-- The list begins with `gone` entries that have left the window; those up to `past` count as they stand. With
-- the last one gone the total is `before`, and `whole` units later at `past`, of which `kept` are not given
-- back. What follows is ahead of the clock, which went back, and counts as of now. All that count are `used`.
local function sliding_window_log()
  local function instant(state, unit)
    if unit > state.kept then return now end
    if unit == state.whole and not state.astray then return state.newest end
    local i = count_until(state.before + unit - 1, state.key, state.gone, state.past, 2)
    return math.min(now, number_at(state.key, 2 * i + 1) or now)
  end
  return {
    read = read_log,

    look = function(state, rule, cost)
      local free, used = rule.limit - state.used, state.used
      return cost > free and instant(state, cost - free) + rule.window - now or 0,
        math.max(0, free), used > 0 and instant(state, used) + rule.window - now or 0
    end,

    charge = function(state, rule, cost) -- what is given back is the newest
      state.used = math.max(0, state.used + cost)
      state.kept = math.min(state.kept, state.used)
    end,

    save = save_log,
  }
end
