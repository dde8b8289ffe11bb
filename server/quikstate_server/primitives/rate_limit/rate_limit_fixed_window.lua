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
      local count, ends = tonumber(value or 0), value and redis.call('PEXPIRETIME', key) or -1
      local is_plain = not value or value == '0' or string.find(value, '^-?[1-9]%d*$') -- as INCR takes it
      if not is_plain or math.abs(count) >= 2^53 then return nil end
      -- New without an end, as a crash between INCR and EXPIRE leaves it, which would deny for ever; and past
      -- it, since Redis expires keys by when the script began, which `now` may be after.
      local new = (ends + 1) * 1000 <= now
      if new then count, ends = 0, latest(rule) end
      -- With more than a window to go it is from before the clock went back; if shared, of a longer window.
      local astray = name == 'fixed_window' and ends > latest(rule)
      if astray then ends = latest(rule) end
      return {count = count, used = math.max(0, count), ends = ends, new = new, astray = astray}
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
