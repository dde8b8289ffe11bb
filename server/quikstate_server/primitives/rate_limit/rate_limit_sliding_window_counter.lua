-- SLIDING_WINDOW_COUNTER: two clock-aligned windows, the older weighted by how much of it still overlaps.
-- KEYS:       a string "index current previous": which window W, what it admitted, and the one before it
-- ARGV:       none of its own
-- defines:    sliding_window_counter(), which makes what rate_limit_hit.lua asks of an algorithm
-- returns:    as rate_limit_check.lua says
-- complexity: O(1)
--
-- `rest` of the window is left. A cost fits iff current + previous * rest/W + cost <= L; all times W.
local function sliding_window_counter()
  return {
    read = function(key, rule)
      local index, rest = math.floor(now / rule.window), rule.window - now % rule.window
      local stored, current, previous = string.match(redis.call('GET', key) or '0 0 0', '^(%d+) (%d+) (%d+)$')
      if not stored then return nil end
      stored, current, previous = tonumber(stored), tonumber(current), tonumber(previous)
      -- A window ahead of the clock, which went back, is taken for the one of now.
      if stored < index then current, previous = 0, stored == index - 1 and current or 0 end
      return {index = index, rest = rest, current = math.min(current, 2^53),
        previous = math.min(previous, 2^53), astray = stored > index}
    end,

    look = function(state, rule, cost)
      local window, rest, current, past = rule.window, state.rest, state.current, state.previous * state.rest
      local free, wait, again = (rule.limit - cost - current) * window, 0, cost + (state.pending or 0)
      if past > free and free >= 0 then wait = rest - math.floor(free / state.previous)
      elseif past > free then -- not before the next window, in which `again` comes
        wait = rest + window - math.floor((rule.limit - again) * window / (current + cost - again)) end
      local full_after = current > 0 and rest + window or past > 0 and rest or 0
      return wait, math.max(0, math.floor((free + cost * window - past) / window)), full_after
    end,

    charge = function(state, rule, cost) -- what is given back is the newest
      local current = state.current + cost
      state.current, state.previous = math.max(0, current), math.max(0, state.previous + math.min(0, current))
    end,

    save = function(key, state, rule)
      if state.current + state.previous == 0 then return redis.call('DEL', key) end
      local value = string.format('%d %d %d', state.index, state.current, state.previous)
      redis.call('SET', key, value, 'PXAT', (state.index + 2) * rule.window / 1000)
    end,
  }
end
