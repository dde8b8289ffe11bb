-- Drops what has expired, a part of it at a time: it counts for nothing before it is dropped.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    sweep(), which says how many it looked at; length(), of the items that count
-- complexity: O(log n) for n items
local MOST_SWEPT = 100

local function has_expired(id, row)
  if not row or row.expires == 0 or row.expires > now then return false end
  return not call('ZSCORE', dead, id) and tonumber(call('ZSCORE', leases, id) or 0) <= now
end

-- A raw client may have put anything here: the item says when it expires.
local function sweep()
  local ids = call('ZRANGE', expiries, '-inf', now, 'BYSCORE', 'LIMIT', 0, MOST_SWEPT)
  for _, id in ipairs(ids) do
    local row, entry = row_of(id), nil
    if not row then entry = entry_of(id) end
    if entry then row = read(entry, 0, '1') end
    if has_expired(id, row) then forget(id, row) else call('ZREM', expiries, id) end
  end
  return #ids
end

local function length() return call('XLEN', items) - call('ZCOUNT', expiries, '-inf', now) end
