-- Deletes expired items, some at a time. An expired item counts for nothing before it is deleted.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    is_expired(id); delete_expired_items(), which returns how many expired items are left
-- uses:       queue_keys.lua: call, expiries, dead, leases, entry_of; queue_rows.lua: row_of, parse_entry;
--             queue_item_moves.lua: delete_item
-- complexity: O(log n) for n items
local MAX_DELETED = 100

local function is_expired(id) return tonumber(call('ZSCORE', expiries, id) or math.huge) <= now end

local function may_delete_expired(id, row)
  if not row or row.expires_at == 0 or row.expires_at > now then return false end
  return not call('ZSCORE', dead, id) and tonumber(call('ZSCORE', leases, id) or 0) <= now
end

-- Raw Redis clients may write anything into expiries: the item itself says when it expires.
local function delete_expired_items()
  local count, ids = call('ZCOUNT', expiries, '-inf', now), {}
  if count > 0 then ids = call('ZRANGE', expiries, '-inf', now, 'BYSCORE', 'LIMIT', 0, MAX_DELETED) end
  for _, id in ipairs(ids) do
    local row = row_of(id)
    local entry = not row and entry_of(id)
    if entry then row = parse_entry(entry, 0, '1') end
    if may_delete_expired(id, row) then delete_item(id, row) else call('ZREM', expiries, id) end
  end
  return count - #ids
end
