-- FIXED_WINDOW: a counter that begins with the first hit and ends a window W later.
-- KEYS:       a string that holds an integer and expires with the window; raw clients may INCR and EXPIRE it
-- ARGV:       none of its own
-- defines:    fixed_window(), which makes what rate_limit_hit.lua asks of an algorithm
-- returns:    as rate_limit_check.lua says
-- complexity: O(1)
--
-- `ends` is the millisecond in which the key expires; Redis keeps it through that one.
local function fixed_window()
  return {
    read = function(key, rule)
      local latest = math.floor(now / 1000) + rule.window / 1000
      local value, used, ends = redis.call('GET', key), 0, -1
      if value then
        if not string.find(value, '^-?%d+$') then return nil end
        used, ends = math.max(0, tonumber(value)), redis.call('PEXPIRETIME', key)
      end
      -- Without an end it is new, or was left by a crash between INCR and EXPIRE and would deny for ever.
      -- Past its end it is new too: Redis expires keys by when the script began, which `now` may be after.
      if (ends + 1) * 1000 <= now then return {used = 0, ends = latest, new = true} end
      -- With more than a window to go it is from before the clock went back, or the window was longer.
      return {used = used, ends = math.min(ends, latest), astray = ends > latest}
    end,

    look = function(state, rule, cost)
      local free, until_end = rule.limit - state.used, (state.ends + 1) * 1000 - now
      return cost > free and until_end or 0, math.max(0, free), state.used > 0 and until_end or 0
    end,

    charge = function(state, rule, cost)
      state.used = math.max(0, state.used + cost)
    end,

    save = function(key, state, rule)
      if state.new and state.used == 0 then return end
      local used = string.format('%.0f', state.used)
      if state.new or state.astray then redis.call('SET', key, used, 'PXAT', state.ends)
      else redis.call('SET', key, used, 'KEEPTTL') end
      state.new, state.astray = false, false
    end,
  }
end
