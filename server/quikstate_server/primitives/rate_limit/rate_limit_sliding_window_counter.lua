-- SLIDING_WINDOW_COUNTER: two clock-aligned windows, the older weighted by how much of it still overlaps.
-- KEYS:       a string "index current previous": which window W, what it admitted, and the one before it
-- ARGV:       none of its own
-- defines:    sliding_window_counter(), the constructor of an algorithm as rate_limit_rules.lua describes it
-- uses:       prelude: now
-- complexity: O(1)
--
-- `rest` µs of the window are left. A cost fits iff current + previous * rest/W + cost <= L; all times W.
local function sliding_window_counter()
  return {
    read_state = function(key, rule)
      local index, rest = math.floor(now / rule.window), rule.window - now % rule.window
      local value, stored_index, current, previous = redis.call('GET', key), index, 0, 0
      if value then
        stored_index, current, previous = string.match(value, '^(%d+) (%d+) (%d+)$')
        stored_index, current, previous = tonumber(stored_index), tonumber(current), tonumber(previous)
        if not stored_index or current > 2^53 or previous > 2^53 then return nil end
        -- A window ahead of the clock, which went back, is taken for the present one.
        if stored_index < index then
          current, previous = 0, stored_index == index - 1 and current or 0
        end
      end
      local is_ahead = stored_index > index
      return {index = index, rest = rest, current = current, previous = previous, is_ahead = is_ahead}
    end,

    evaluate = function(state, rule, cost)
      local window, rest, current = rule.window, state.rest, state.current
      local past = state.previous * rest
      local free, wait = (rule.limit - cost - current) * window, 0
      if past > free and free >= 0 then
        wait = rest - math.floor(free / state.previous)
      elseif past > free then -- not before the next window, in which the pending hits come again
        local again = cost + (state.pending or 0)
        wait = rest + window - math.floor((rule.limit - again) * window / (current + cost - again))
      end
      local remaining = math.max(0, math.floor((free + cost * window - past) / window))
      local full_after = current > 0 and rest + window or past > 0 and rest or 0
      return wait, remaining, full_after
    end,

    charge = function(state, rule, cost) -- a refund gives back the newest units
      local current = state.current + cost
      state.current = math.max(0, current)
      state.previous = math.max(0, state.previous + math.min(0, current))
    end,

    save_state = function(key, state, rule)
      if state.current + state.previous == 0 then return redis.call('DEL', key) end
      local value = string.format('%d %d %d', state.index, state.current, state.previous)
      redis.call('SET', key, value, 'PXAT', (state.index + 2) * rule.window / 1000)
    end,
  }
end
