-- TOKEN_BUCKET: a bucket that holds B tokens and is filled with L of them a window W.
-- KEYS:       a string "last debt": at `last`, Redis time in µs, so much was missing
-- ARGV:       none of its own
-- defines:    token_bucket(), which makes what rate_limit_hit.lua asks of an algorithm
-- returns:    as rate_limit_check.lua says
-- complexity: O(1)
--
-- The debt is in units of which a token is W and L come back every µs: integers, exact below 2^53 and true to
-- 1e-16 above. The key is kept until it is full at the lowest rate of its hits; before a look it may lapse.
local function token_bucket()
  local function drained_after(debt, limit) return math.min(math.ceil(debt / limit), LONGEST) end
  local function owed(state, rule, most) -- `most` of it before anything came back; no time is negative
    if state.charged then return math.min(state.debt, most) end
    return math.max(0, math.min(state.stored, most) - math.max(0, now - state.last) * rule.limit)
  end
  return {
    read = function(key)
      local value, last, debt = redis.call('GET', key), now, 0
      if value then last, debt = tonumber(string.sub(value, 1, 16)), tonumber(string.sub(value, 18)) end
      if not last or not debt or not (last >= 0 and debt >= 0 and debt < 2^100) then return nil end
      return {last = last, stored = debt, astray = last > now, lowest = 2^53,
        lapses = dry and value and redis.call('PEXPIRETIME', key) or -1}
    end,
    ask = function(state, rule) state.lapses, state.lowest = -1, math.min(state.lowest, rule.limit) end,
    look = function(state, rule, cost)
      local full = rule.capacity * rule.window -- by a lowered limit no more is owed, but to hits before it
      local debt = owed(state, rule, state.pending and state.charged and math.huge or full)
      local missing, full_after = cost * rule.window + debt - full, drained_after(debt, rule.limit)
      if state.lapses >= 0 then full_after = math.min(full_after, (state.lapses + 1) * 1000 - now) end
      return missing > 0 and drained_after(missing, rule.limit) or 0,
        math.max(0, math.floor((full - debt) / rule.window)), full_after
    end,
    charge = function(state, rule, cost) -- what is given back is taken from all that is owed
      local most = (cost < 0 or state.charged) and math.huge or rule.capacity * rule.window
      state.debt = math.max(0, owed(state, rule, most) + cost * rule.window) end,
    save = function(key, state, rule)
      local debt = owed(state, rule, state.charged and math.huge or rule.capacity * rule.window)
      local full_at = math.ceil((now + drained_after(debt, state.lowest)) / 1000)
      if not state.charged and not state.astray then return redis.call('PEXPIREAT', key, full_at, 'GT') end
      if debt == 0 then return redis.call('DEL', key) end
      local value = string.format(debt < 9e15 and '%016d %d' or '%016d %.0f', now, debt)
      redis.call('SET', key, value, 'PXAT', full_at)
    end,
  }
end
