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
  local function owed(state, rule) -- of before by a lowered limit one bucket at most; no time is negative
    local debt = state.charged and state.debt or math.min(state.debt, rule.capacity * rule.window)
    return math.max(0, debt - math.max(0, now - state.last) * rule.limit)
  end
  local function full_at(state, rule)
    return math.ceil((now + drained_after(owed(state, rule), state.lowest)) / 1000)
  end
  return {
    read = function(key)
      local last, debt = string.match(redis.call('GET', key) or '0 0', '^(%d+) (%d+)$')
      return last and {last = math.min(tonumber(last), 2^53), debt = math.min(tonumber(debt), 2^100),
        astray = tonumber(last) > now, lapses = dry and redis.call('PEXPIRETIME', key) or -1}
    end,
    look = function(state, rule, cost)
      local debt, full = owed(state, rule), rule.capacity * rule.window
      local missing, full_after = cost * rule.window + debt - full, drained_after(debt, rule.limit)
      if state.lapses >= 0 then full_after = math.min(full_after, (state.lapses + 1) * 1000 - now) end
      return missing > 0 and drained_after(missing, rule.limit) or 0,
        math.max(0, math.floor((full - debt) / rule.window)), full_after
    end,
    charge = function(state, rule, cost)
      state.debt, state.last = math.max(0, owed(state, rule) + cost * rule.window), now
    end,
    keep = function(key, state, rule) redis.call('PEXPIREAT', key, full_at(state, rule), 'GT') end,
    save = function(key, state, rule)
      if owed(state, rule) == 0 then return redis.call('DEL', key) end
      local value = string.format('%016d %.0f', now, owed(state, rule))
      redis.call('SET', key, value, 'PXAT', full_at(state, rule))
    end,
  }
end
