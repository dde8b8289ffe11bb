-- Acknowledges, nacks, extends or gives back deliveries of one queue.
-- KEYS:       [1..11] as queue_keys.lua says
-- ARGV:       [1..] 4 a delivery: `ack`, `nack`, `extend` or `give_back`, item id, receipt, us of delay
--             or lease
-- returns:    a delivery each: `settled`, `not_held`, or `dead` if the nack was of the last attempt
-- uses:       queue_keys.lua: call, the keys, wake_waiters, delete_queue_if_empty; queue_rows.lua: row_of,
--             save_row; queue_item_moves.lua: delete_unleased_item, move_to_nacked; queue_dead_letters.lua:
--             has_attempts_left, move_to_dead_letters; queue_dedup.lua: dedup, mark_dedup_key_settled
-- complexity: O(k log n) for k deliveries among n items
local outcomes, requeued, has_dedup_keys = {}, 0, call('EXISTS', dedup) == 1

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

-- An item that was given back is due at once, a nacked one after its delay. An item that expires before it is
-- due counts for nothing from then on.
local function requeue(id, row, us, is_nacked)
  if row.expires_at > 0 then call('ZADD', expiries, row.expires_at, id) end
  local due = row.expires_at > 0 and math.min(now + us, row.expires_at) or now + us
  requeued, row.receipt = requeued + 1, is_nacked and '+' or '-'  -- see queue_rows.lua
  if is_nacked and us == '0' then
    move_to_nacked(id, row)
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
  if action == 'give_back' then  -- no consumer saw the item: the attempt does not count
    row.attempts = math.max(0, row.attempts - 1)
    return requeue(id, row, us, false)
  end
  if has_attempts_left(row) then return requeue(id, row, us, true) end
  move_to_dead_letters(id, row)
  return 'dead'
end

for i = 1, #ARGV, 4 do outcomes[#outcomes + 1] = settle(unpack(ARGV, i, i + 3)) end
if requeued > 0 then wake_waiters(requeued) end
delete_queue_if_empty()
return outcomes
