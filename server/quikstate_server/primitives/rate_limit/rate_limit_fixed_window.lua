-- FIXED_WINDOW: a counter that begins with the first hit and ends a window W later.
-- KEYS:       a string that holds an integer and expires with the window; one of an inline limit is shared
--             with raw Redis clients, which may INCR and EXPIRE it, and with windows of other lengths
-- ARGV:       none of its own
-- defines:    fixed_window(name), the constructor of an algorithm as rate_limit_rules.lua describes it
-- uses:       prelude: now
--             rate_limit_arguments.lua: MAX_DURATION
-- complexity: O(1)
--
-- `ends_at` is the millisecond in which the key expires; Redis keeps it through that one.
local function fixed_window(name)
  local function latest_end(rule) return math.floor(now / 1000) + rule.window / 1000 end

  return {
    read_state = function(key, rule)
      local value = redis.call('GET', key)
      local count, ends_at = tonumber(value or 0), value and redis.call('PEXPIRETIME', key) or -1
      local is_integer = not value or value == '0' or string.find(value, '^-?[1-9]%d*$') -- as INCR takes it
      if not is_integer or math.abs(count) >= 2^53 then return nil end

      -- A counter without an end, as a crash between INCR and EXPIRE leaves it, would deny for ever: it
      -- counts as new. So does one past its end: Redis expires keys by the time when the script began, which
      -- may be before `now`.
      local is_new = (ends_at + 1) * 1000 <= now
      if is_new then count, ends_at = 0, latest_end(rule) end

      -- A counter with more than a window left is from before the clock went back; if it is shared, it may
      -- belong to a longer window.
      local is_ahead = name == 'fixed_window' and ends_at > latest_end(rule)
      if is_ahead then ends_at = latest_end(rule) end
      return {count = count, used = math.max(0, count), ends_at = ends_at, is_new = is_new,
        is_ahead = is_ahead}
    end,

    evaluate = function(state, rule, cost)
      local free = rule.limit - state.used
      local until_end = math.min((state.ends_at + 1) * 1000 - now, MAX_DURATION)
      return cost > free and until_end or 0, math.max(0, free), state.used > 0 and until_end or 0
    end,

    charge = function(state, rule, cost)
      state.used = math.max(0, state.used + cost)
      if state.used == 0 then state.is_new, state.ends_at = true, latest_end(rule) end
    end,

    save_state = function(key, state)
      local used = string.format('%.0f', state.used)
      if state.used == 0 then return state.count > 0 and redis.call('DEL', key) end
      if state.is_new or state.is_ahead then return redis.call('SET', key, used, 'PXAT', state.ends_at) end
      redis.call('SET', key, used, 'KEEPTTL')
    end,
  }
end
