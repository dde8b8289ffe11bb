-- TOKEN_BUCKET: a bucket that holds B tokens and is filled with L of them a window W.
-- KEYS:       a string "last debt": at `last`, Redis time in µs, so much was missing
-- ARGV:       none of its own
-- defines:    token_bucket(), which makes what rate_limit_hit.lua asks of an algorithm
-- returns:    as rate_limit_check.lua says
-- complexity: O(1)
--
-- The debt is counted in units of which a token is W and of which L come back every µs, so all
-- numbers are integers: exact below 2^53 (a debt of 150 million tokens of 60 s), and true to 1e-16
-- above. GCRA's arrival time, which is this debt divided by L, needs W/L to be a whole number of µs:
-- rounded up, the steps of N single hits fill more than one hit of N, and no rate above 1/µs exists.
local function token_bucket()
  local LONGEST = 315576e12 -- µs: 10,000 years, as long as a google.protobuf.Duration may be
  local function drained_after(debt, rule) return math.min(math.ceil(debt / rule.limit), LONGEST) end
  return {
    read = function(key, rule)
      local value, last, debt = redis.call('GET', key), now, 0
      if value then
        last, debt = tonumber(string.sub(value, 1, 16)), tonumber(string.sub(value, 18))
        if not last or not debt then return nil end
        -- A lowered limit owes one full bucket at most. A clock that went back has let no time pass.
        debt = math.min(debt, rule.capacity * rule.window) - math.max(0, now - last) * rule.limit
      end
      return {debt = math.max(0, debt), astray = last > now}
    end,

    look = function(state, rule, cost)
      local free = rule.capacity * rule.window - state.debt
      local missing = cost * rule.window - free
      return missing > 0 and drained_after(missing, rule) or 0,
        math.max(0, math.floor(free / rule.window)), drained_after(state.debt, rule)
    end,

    charge = function(state, rule, cost)
      state.debt = math.max(0, state.debt + cost * rule.window)
    end,

    save = function(key, state, rule)
      if state.debt == 0 then return redis.call('DEL', key) end
      local value = string.format(state.debt < 9e15 and '%016d %d' or '%016d %.0f', now, state.debt)
      redis.call('SET', key, value, 'PXAT', math.ceil((now + drained_after(state.debt, rule)) / 1000))
    end,
  }
end
