-- TOKEN_BUCKET: a bucket that holds B tokens and is filled with L of them a window W.
-- KEYS:       a string "last debt": at `last`, Redis time in µs, this much was missing
-- ARGV:       none of its own
-- defines:    token_bucket(), the constructor of an algorithm as rate_limit_rules.lua describes it
-- uses:       prelude: now
--             rate_limit_arguments.lua: dry_run, MAX_DURATION
-- complexity: O(1)
--
-- The debt is in units of which a token is W and L come back every µs: integers, exact below 2^53 and true to
-- 1e-16 above. The key is kept until the bucket is full at the lowest rate of its hits; before a read-only
-- request it may expire.
local function token_bucket()
  local function repaid_after(debt, limit) return math.min(math.ceil(debt / limit), MAX_DURATION) end

  -- Returns the present debt, of which no more than `max` counts; no time that passes is negative.
  local function present_debt(state, rule, max)
    if state.is_charged then return math.min(state.debt, max) end
    return math.max(0, math.min(state.stored_debt, max) - math.max(0, now - state.last) * rule.limit)
  end

  return {
    read_state = function(key)
      local value, last, debt = redis.call('GET', key), now, 0
      if value then last, debt = tonumber(string.sub(value, 1, 16)), tonumber(string.sub(value, 18)) end
      if not last or not debt or not (last >= 0 and debt >= 0 and debt < 2^100) then return nil end
      local expires_at = dry_run and value and redis.call('PEXPIRETIME', key) or -1
      return {last = last, stored_debt = debt, is_ahead = last > now, lowest_limit = 2^53,
        expires_at = expires_at}
    end,

    note_hit = function(state, rule)
      state.expires_at = -1
      state.lowest_limit = math.min(state.lowest_limit, rule.limit)
    end,

    evaluate = function(state, rule, cost)
      local full = rule.capacity * rule.window -- a lowered limit caps the debt, but not that of pending hits
      local debt = present_debt(state, rule, state.pending and state.is_charged and math.huge or full)
      local missing, full_after = cost * rule.window + debt - full, repaid_after(debt, rule.limit)
      if state.expires_at >= 0 then full_after = math.min(full_after, (state.expires_at + 1) * 1000 - now) end
      local wait = missing > 0 and repaid_after(missing, rule.limit) or 0
      return wait, math.max(0, math.floor((full - debt) / rule.window)), full_after
    end,

    charge = function(state, rule, cost) -- a refund is taken from the whole debt
      local max = (cost < 0 or state.is_charged) and math.huge or rule.capacity * rule.window
      state.debt = math.max(0, present_debt(state, rule, max) + cost * rule.window)
    end,

    save_state = function(key, state, rule)
      local debt = present_debt(state, rule, state.is_charged and math.huge or rule.capacity * rule.window)
      local full_at = math.ceil((now + repaid_after(debt, state.lowest_limit)) / 1000)
      local is_unchanged = not state.is_charged and not state.is_ahead
      if is_unchanged then return redis.call('PEXPIREAT', key, full_at, 'GT') end
      if debt == 0 then return redis.call('DEL', key) end
      local value = string.format(debt < 9e15 and '%016d %d' or '%016d %.0f', now, debt)
      redis.call('SET', key, value, 'PXAT', full_at)
    end,
  }
end
