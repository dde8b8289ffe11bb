-- Reads the state of a sliding window log, and writes it with one entry for all that was charged.
-- KEYS:       a list, as rate_limit_sliding_window_log.lua says
-- ARGV:       none of its own
-- defines:    log_state_functions(log_number_at, count_log_entries), which returns two functions:
--             read_log(key, rule): the state that rate_limit_sliding_window_log.lua describes, or nil
--             save_log(key, state, rule)
-- uses:       prelude: now
-- complexity: O(1), O(log n) steps where something is given back; and what leaves, in one LTRIM
--
-- The total before the first entry that stays is that with the last entry that leaves: so it is in the list
-- already. A key that is written again is not deleted before: in a slot that migrates to another node that
-- would break the script off.
local function log_state_functions(log_number_at, count_log_entries)
  local function read_log(key, rule)
    local entries, window_start = (redis.call('LLEN', key) - 1) / 2, now - rule.window
    if entries < 0 then
      return {key = key, entries = -1, past = -1, gone = 0, before = 0, used = 0, kept = 0, whole = 0}
    end

    local newest, total, oldest = log_number_at(key, -2), log_number_at(key, -1), log_number_at(key, 1)
    if entries % 1 ~= 0 or not (newest and total and oldest) then return nil end
    local is_ahead = newest > now
    local gone = oldest <= window_start and count_log_entries(window_start, key, 0, entries, 1) or 0
    local past = is_ahead and count_log_entries(now, key, gone, entries, 1) or entries
    local before = log_number_at(key, 2 * gone)
    local total_at_past = is_ahead and log_number_at(key, 2 * past) or total
    if not before or total_at_past < before or total < total_at_past then return nil end

    local whole = total_at_past - before
    return {key = key, entries = entries, past = past, gone = gone, newest = newest, before = before,
      used = total - before, kept = whole, whole = whole, is_ahead = is_ahead}
  end

  local function save_log(key, state, rule)
    local total, staying = state.before + state.kept, state.past
    if state.used == 0 then return redis.call('UNLINK', key) end

    if state.kept < state.whole then
      staying = count_log_entries(total, key, state.gone, state.past, 2)
      if staying < state.past and log_number_at(key, 2 * staying) ~= total then
        redis.call('LSET', key, 2 * staying + 2, total) -- a part of the next entry is given back
        staying = staying + 1
      end
    end
    if state.gone > 0 or staying < state.entries then
      redis.call('LTRIM', key, 2 * state.gone, 2 * staying)
    end

    if state.entries < 0 then
      redis.call('RPUSH', key, 0, now, state.used)
    elseif state.used > state.kept then
      redis.call('RPUSH', key, now, state.before + state.used)
    end
    local newest = state.used > state.kept and now or log_number_at(key, -2) or now
    redis.call('PEXPIREAT', key, math.ceil((newest + rule.window) / 1000))
  end

  return read_log, save_log
end
