-- FIXED_WINDOW: a counter that begins with the first hit and ends a window W later.
-- KEYS:       a string that holds an integer and expires with the window; one of an inline limit is shared
--             with raw clients, which may INCR and EXPIRE it, and with windows of other lengths
-- ARGV:       none of its own
-- defines:    fixed_window(name), which makes what rate_limit_hit.lua asks of an algorithm
-- returns:    as rate_limit_check.lua says
-- complexity: O(1)
--
-- `ends` is the millisecond in which the key expires; Redis keeps it through that one.
local function fixed_window(name)
  local function latest(rule) return math.floor(now / 1000) + rule.window / 1000 end
  return {
    read = function(key, rule)
      local value = redis.call('GET', key)
      local count, ends = tonumber(value or 0) or 2^63, value and redis.call('PEXPIRETIME', key) or -1
      -- What INCR would not take is no counter; nor is what a double cannot count.
      if not (math.abs(count) <= 2^53) or string.format('%.0f', count) ~= (value or '0') then return nil end
      -- Without an end it is new, or was left by a crash between INCR and EXPIRE and would deny for ever.
      -- Past its end it is new too: Redis expires keys by when the script began, which `now` may be after.
      if (ends + 1) * 1000 <= now then return {count = 0, used = 0, ends = latest(rule), new = true} end
      -- Of ours, one with more than a window to go is from before the clock went back. A shared one may have
      -- been begun by a longer window, which no shorter one may end.
      local astray = name == 'fixed_window' and ends > latest(rule)
      if astray then ends = latest(rule) end
      return {count = count, used = math.max(0, count), ends = ends, astray = astray}
    end,

    look = function(state, rule, cost)
      local free, until_end = rule.limit - state.used, math.min((state.ends + 1) * 1000 - now, LONGEST)
      return cost > free and until_end or 0, math.max(0, free), state.used > 0 and until_end or 0
    end,

    charge = function(state, rule, cost)
      state.used = math.max(0, state.used + cost)
      if state.used == 0 then state.new, state.ends = true, latest(rule) end
    end,

    save = function(key, state)
      local used = string.format('%.0f', state.used)
      if state.used == 0 then return state.count > 0 and redis.call('DEL', key) end
      if state.new or state.astray then return redis.call('SET', key, used, 'PXAT', state.ends) end
      redis.call('SET', key, used, 'KEEPTTL')
    end,
  }
end
