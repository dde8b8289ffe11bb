-- Drops what has expired, a part of it at a time: it counts for nothing before it is dropped.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    is_over(id), whether it counts for nothing; sweep(), which says how many have expired that are still there
-- complexity: O(log n) for n items
local MOST_SWEPT = 100

local function is_over(id) return tonumber(call('ZSCORE', expiries, id) or math.huge) <= now end

local function has_expired(id, row)
  if not row or row.expires == 0 or row.expires > now then return false end
  return not call('ZSCORE', dead, id) and tonumber(call('ZSCORE', leases, id) or 0) <= now
end

-- A raw client may have put anything here: the item says when it expires.
local function sweep()
  local count = call('ZCOUNT', expiries, '-inf', now)
  local ids = count > 0 and call('ZRANGE', expiries, '-inf', now, 'BYSCORE', 'LIMIT', 0, MOST_SWEPT) or {}
  for _, id in ipairs(ids) do
    local row, entry = row_of(id), nil
    if not row then entry = entry_of(id) end
    if entry then row = read(entry, 0, '1') end
    if has_expired(id, row) then forget(id, row) else call('ZREM', expiries, id) end
  end
  return count - #ids
end
