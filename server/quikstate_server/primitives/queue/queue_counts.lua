-- Counts a queue's items by their state, and finds the age of the oldest.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    state_of_item(id); count_items(max bytes read), which returns {ready, delayed, leased, dead,
--             age of the oldest item in us or -1}
-- uses:       queue_keys.lua: call, the keys; queue_expiry.lua: is_expired; queue_entries.lua:
--             for_each_entry
-- complexity: O(log n) for n items, and 100 of them
local MAX_EXAMINED = 100

local function state_of_item(id)
  local due = tonumber(call('ZSCORE', delayed, id) or 0)
  if due > now and due < math.huge then return 'delayed' end
  if tonumber(call('ZSCORE', leases, id) or 0) > now then return 'leased' end
  return call('ZSCORE', dead, id) and 'dead' or 'ready'
end

-- Dead letters and expired items have no age.
local function age_of_oldest(max_bytes_read)
  local age, examined = -1, 0
  for_each_entry('-', '+', function(entry, bytes_read)
    examined = examined + 1
    if not (call('ZSCORE', dead, entry[1]) or is_expired(entry[1])) then
      age = math.max(0, now - entry[1]:match('%d+') * 1000)
    end
    return age < 0 and examined < MAX_EXAMINED and bytes_read < max_bytes_read
  end)
  return age
end

local function count_items(max_bytes_read)
  local later = string.format('(%.0f', now)
  local delayed_count = call('ZCOUNT', delayed, later, '(inf')
  local leased_count = call('ZCOUNT', leases, later, '+inf')
  local dead_count, expired_count = call('ZCARD', dead), call('ZCOUNT', expiries, '-inf', now)
  local ready_count = call('XLEN', items) - expired_count - delayed_count - leased_count - dead_count
  local age = age_of_oldest(max_bytes_read)
  return {math.max(0, ready_count), delayed_count, leased_count, dead_count, age}
end
