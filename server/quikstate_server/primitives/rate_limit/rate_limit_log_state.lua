-- Reads the state of a sliding window log, and writes it with one entry for all that was charged.
-- KEYS:       a list, as rate_limit_sliding_window_log.lua says
-- ARGV:       none of its own
-- defines:    log_state_functions(log_number_at, count_log_entries), which returns
--             read_log(key, rule), which returns the state of rate_limit_sliding_window_log.lua, or
--             nil; and save_log(key, state, rule)
-- uses:       prelude: now
-- complexity: O(1), O(log n) steps where something is given back; and what leaves, in one LTRIM
--
-- The total before the first entry that stays is that with the last entry that leaves: so it is in the list
-- already. A key that is written again is not deleted before: in a slot that migrates to another node that
-- would break the script off.
local function log_state_functions(log_number_at, count_log_entries)
  local function read_log(key, rule)
    local entry_count, window_start = (redis.call('LLEN', key) - 1) / 2, now - rule.window
    if entry_count < 0 then
      return {key = key, entry_count = -1, timely_count = -1, expired_count = 0, expired_total = 0,
        used_units = 0, kept_units = 0, timely_units = 0}
    end

    local newest, total, oldest = log_number_at(key, -2), log_number_at(key, -1), log_number_at(key, 1)
    if entry_count % 1 ~= 0 or not (newest and total and oldest) then return nil end
    local is_ahead = newest > now
    local expired = oldest <= window_start and count_log_entries(window_start, key, 0, entry_count, 1) or 0
    local timely = is_ahead and count_log_entries(now, key, expired, entry_count, 1) or entry_count
    local expired_total = log_number_at(key, 2 * expired)
    local timely_total = is_ahead and log_number_at(key, 2 * timely) or total
    if not expired_total or timely_total < expired_total or total < timely_total then return nil end
    local timely_units = timely_total - expired_total
    return {key = key, entry_count = entry_count, timely_count = timely, expired_count = expired,
      newest = newest, expired_total = expired_total, used_units = total - expired_total,
      kept_units = timely_units, timely_units = timely_units, is_ahead = is_ahead}
  end

  local function save_log(key, state, rule)
    local total, staying = state.expired_total + state.kept_units, state.timely_count
    if state.used_units == 0 then return redis.call('UNLINK', key) end

    if state.kept_units < state.timely_units then
      staying = count_log_entries(total, key, state.expired_count, state.timely_count, 2)
      if staying < state.timely_count and log_number_at(key, 2 * staying) ~= total then
        redis.call('LSET', key, 2 * staying + 2, total) -- a part of the next entry is given back
        staying = staying + 1
      end
    end
    if state.expired_count > 0 or staying < state.entry_count then
      redis.call('LTRIM', key, 2 * state.expired_count, 2 * staying)
    end

    if state.entry_count < 0 then
      redis.call('RPUSH', key, 0, now, state.used_units)
    elseif state.used_units > state.kept_units then
      redis.call('RPUSH', key, now, state.expired_total + state.used_units)
    end
    local newest = state.used_units > state.kept_units and now or log_number_at(key, -2) or now
    redis.call('PEXPIREAT', key, math.ceil((newest + rule.window) / 1000))
  end

  return read_log, save_log
end
