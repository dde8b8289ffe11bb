-- Acknowledges, nacks, extends or returns deliveries of one queue.
-- KEYS:       [1..11] as queue_keys.lua says
-- ARGV:       [1..] 4 a delivery: `ack`, `nack`, `extend` or `return`, item id, receipt, us of delay or
--             lease
-- returns:    a delivery each: `settled`, `dead` or `not_held`
-- uses:       queue_keys.lua: call, the keys, wake_waiters, delete_queue_if_empty; queue_rows.lua: row_of,
--             save_row; queue_item_moves.lua: delete_unleased_item, move_to_dead_letters, move_to_returned;
--             queue_dedup.lua: dedup, mark_dedup_key_settled
-- complexity: O(k log n) for k deliveries among n items
local outcomes, given_back, has_dedup_keys = {}, 0, call('EXISTS', dedup) == 1

local function ack(id, row)
  call('ZREM', leases, id)
  if has_dedup_keys then mark_dedup_key_settled(id) end
  delete_unleased_item(id, row)
  return 'settled'
end

local function extend(id, row, us, lease_ends_at)
  call('ZADD', leases, now + us, id)
  if row.expires_at > 0 then call('ZADD', expiries, math.max(row.expires_at, now + us), id) end
  if now + us < lease_ends_at then wake_waiters(1) end
  return 'settled'
end

-- An item that expires before it is due counts for nothing from then on.
local function give_back(id, row, us, receipt)
  if row.expires_at > 0 then call('ZADD', expiries, row.expires_at, id) end
  local due = row.expires_at > 0 and math.min(now + us, row.expires_at) or now + us
  given_back, row.receipt = given_back + 1, receipt
  if receipt == '+' and us == '0' then
    move_to_returned(id, row)
  else
    save_row(id, row)
    call('ZREM', leases, id)
    call('ZADD', delayed, due, id)
  end
  return 'settled'
end

local function settle(action, id, receipt, us)
  local row = row_of(id)
  local lease_ends_at = row and row.receipt == receipt and call('ZSCORE', leases, id)
  if not lease_ends_at then return 'not_held' end
  if action == 'ack' then return ack(id, row) end
  if action == 'extend' then return extend(id, row, us, tonumber(lease_ends_at)) end
  if action == 'return' then
    row.attempts = math.max(0, row.attempts - 1)
    return give_back(id, row, us, '-')
  end
  if row.attempts < row.max_attempts then return give_back(id, row, us, '+') end
  move_to_dead_letters(id, row)
  return 'dead'
end

for i = 1, #ARGV, 4 do outcomes[#outcomes + 1] = settle(unpack(ARGV, i, i + 3)) end
if given_back > 0 then wake_waiters(given_back) end
delete_queue_if_empty()
return outcomes
