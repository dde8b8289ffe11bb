-- SLIDING_WINDOW_LOG: the instant of every unit of cost, so that any window W holds L of them at most.
-- KEYS:       a list of Redis times in µs, oldest first
-- ARGV:       none of its own
-- defines:    sliding_window_log(), which makes what rate_limit_hit.lua asks of an algorithm
-- returns:    as rate_limit_check.lua says
-- complexity: O(log L) to read, O(cost) to charge
--
-- The list begins with `gone` instants that have left the window; then `kept` count as they stand.
-- What follows is ahead of the clock, which went back, and counts as of now. All that count are `used`.
local function sliding_window_log()
  local CHUNK = 1000 -- Lua's stack bounds what unpack may return
  local function instant(state, i)
    return i <= state.kept and tonumber(redis.call('LINDEX', state.key, state.gone + i - 1)) or now
  end
  return {
    read = function(key, rule)
      local length = redis.call('LLEN', key)
      local gone = count_until(now - rule.window, key, length)
      local past = count_until(now, key, length)
      return {key = key, length = length, gone = gone, kept = past - gone, used = length - gone,
        astray = past < length}
    end,

    look = function(state, rule, cost)
      local free, used = rule.limit - state.used, state.used
      return cost > free and instant(state, cost - free) + rule.window - now or 0,
        math.max(0, free), used > 0 and instant(state, used) + rule.window - now or 0
    end,

    charge = function(state, rule, cost) -- what is given back is the newest
      state.used = math.max(0, state.used + cost)
      state.kept = math.min(state.kept, state.used)
    end,

    save = function(key, state, rule)
      local stamps, missing = {}, state.used - state.kept
      if state.kept == 0 and state.length > 0 then redis.call('DEL', key)
      elseif state.kept < state.length then redis.call('LTRIM', key, state.gone, state.gone + state.kept - 1) end
      for i = 1, math.min(missing, CHUNK) do stamps[i] = string.format('%d', now) end
      for at = 0, missing - 1, CHUNK do redis.call('RPUSH', key, unpack(stamps, 1, math.min(CHUNK, missing - at))) end
      redis.call('PEXPIREAT', key, math.ceil((now + rule.window) / 1000))
      state.length, state.gone, state.kept = state.used, 0, state.used
    end,
  }
end
