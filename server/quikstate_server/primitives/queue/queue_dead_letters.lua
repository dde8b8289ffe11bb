-- Decides whether an item still has attempts, and moves items to the dead letters.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    has_attempts_left(row); move_to_dead_letters(id, row)
-- uses:       queue_keys.lua: call, the keys; queue_rows.lua: save_row; queue_item_moves.lua:
--             remove_from_sets; queue_ordering_keys.lua: leave_ordering_key
-- complexity: O(log n) for n items
--
-- An item becomes a dead letter
--   when the delivery of its last attempt is nacked: queue_settle.lua;
--   when the lease of its last attempt has ended, and it is its turn again: offer_item in queue_delivery.lua;
--   when it is its turn, and it is not readable: offer_item too;
--   when it is redriven and not readable: queue_redrive.lua. It was one before, and is the newest now;
--   when a raw Redis client gave it the last id that a stream can have: queue_append.lua.
local function has_attempts_left(row) return row.attempts < row.max_attempts end

-- Dead letters keep the order in which they died, even if the clock goes back: the score in `dead` is the
-- time, or one more than the score of the dead letter before.
local function move_to_dead_letters(id, row)
  local last_died = call('ZRANGE', dead, '(inf', '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, 1, 'WITHSCORES')[2]
  save_row(id, row)
  remove_from_sets(id, leases, delayed, nacked, expiries)
  call('ZADD', dead, math.max(now, (last_died or 0) + 1), id)
  leave_ordering_key(id, row.ordering_key)
end
