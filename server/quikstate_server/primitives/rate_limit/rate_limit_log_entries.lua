-- Reads a log, and writes what it holds after its hits: one entry for all that was charged.
-- KEYS:       a list, as rate_limit_sliding_window_log.lua says
-- ARGV:       none of its own
-- defines:    read_log(key, rule), what rate_limit_sliding_window_log.lua says of a state, or nil if it is no
--             log; save_log(key, state, rule)
-- returns:    nothing
-- complexity: O(1), O(log n) steps where something is given back; and what leaves, in one LTRIM
local function read_log(key, rule)
  local entries, start = (redis.call('LLEN', key) - 1) / 2, now - rule.window
  local state = {key = key, entries = entries, past = entries, gone = 0, before = 0, used = 0, kept = 0}
  state.whole = 0
  if entries < 0 then return state end
  local newest, total, oldest = number_at(key, -2), number_at(key, -1), number_at(key, 1)
  if entries % 1 ~= 0 or not (newest and total and oldest) then return nil end
  if oldest <= start then state.gone = count_until(start, key, 0, entries, 1) end
  if newest > now then state.past = count_until(now, key, state.gone, entries, 1) end
  local before, kept = number_at(key, 2 * state.gone), total
  if newest > now then kept = number_at(key, 2 * state.past) or 0 end
  if not before or kept < before or total < kept then return nil end
  state.newest, state.before, state.used = newest, before, total - before
  state.kept, state.whole, state.astray = kept - before, kept - before, newest > now
  return state
end

-- The total before the first entry that stays is that with the last one that goes, so it is there already.
-- What is written again is not deleted before: in a slot on its way to another node that breaks a script off.
local function save_log(key, state, rule)
  local total, stay = state.before + state.kept, state.past
  if state.used == 0 then return redis.call('UNLINK', key) end
  if state.kept < state.whole then
    stay = count_until(total, key, state.gone, state.past, 2)
    if stay < state.past and number_at(key, 2 * stay) ~= total then -- a part of the next entry is given back
      redis.call('LSET', key, 2 * stay + 2, total)
      stay = stay + 1
    end
  end
  if state.entries < 0 then redis.call('RPUSH', key, 0, now, state.used)
  else
    if state.gone > 0 or stay < state.entries then redis.call('LTRIM', key, 2 * state.gone, 2 * stay) end
    if state.used > state.kept then redis.call('RPUSH', key, now, state.before + state.used) end
  end
  local newest = state.used > state.kept and now or number_at(key, -2) or now
  redis.call('PEXPIREAT', key, math.ceil((newest + rule.window) / 1000))
end
