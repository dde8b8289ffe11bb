-- How many items there are, in which state, and how old the oldest is.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    state_of(id); counts(most bytes read), {ready, delayed, leased, dead, us of the oldest or -1}
-- complexity: O(log n) for n items, and 100 of them
local MOST_DEAD = 100

local function state_of(id)
  local due = tonumber(call('ZSCORE', delayed, id) or 0)
  if due > now and due < math.huge then return 'delayed' end
  if tonumber(call('ZSCORE', leases, id) or 0) > now then return 'leased' end
  return call('ZSCORE', dead, id) and 'dead' or 'ready'
end

local function oldest(most_read)
  local age, number = -1, 0
  walk('-', '+', function(entry, read_bytes)
    number = number + 1
    local counts = not (call('ZSCORE', dead, entry[1]) or is_over(entry[1]))
    if counts then age = math.max(0, now - entry[1]:match('%d+') * 1000) end
    return age < 0 and number < MOST_DEAD and read_bytes < most_read
  end)
  return age
end

local function counts(most_read)
  local later = string.format('(%.0f', now)
  local waiting, held = call('ZCOUNT', delayed, later, '(inf'), call('ZCOUNT', leases, later, '+inf')
  local died, over = call('ZCARD', dead), call('ZCOUNT', expiries, '-inf', now)
  local ready = math.max(0, call('XLEN', items) - over - waiting - held - died)
  return {ready, waiting, held, died, oldest(most_read)}
end
