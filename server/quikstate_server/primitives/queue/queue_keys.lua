-- Names the keys of a queue, and says what each of them holds.
-- KEYS:       [1] items [2] cursor [3] leases [4] delayed [5] deliveries [6] dead [7] ordered [8] nacked
--             [9] expiries [10] dedup [11] windows
-- ARGV:       none of its own
-- defines:    call; items, cursor, leases, delayed, deliveries, dead, ordered, nacked and expiries, the
--             keys; sortable_id(id); entry_of(id); wake_waiters(count); delete_queue_if_empty()
-- complexity: O(log n) for n items
--
-- items       stream  the key of the legacy key layout: each item until it is settled, dead letters included.
--                     Raw Redis clients may XADD to it
-- cursor      string  the last entry that was examined for a first delivery; see queue_cursor.lua
-- leases      zset    item by the instant its lease ends
-- delayed     zset    item by the instant it is due; `inf` while its ordering key blocks it
-- deliveries  hash    item to its row, see queue_rows.lua; one for each item in one of the other sets
-- dead        zset    dead letter by the instant it died, see queue_dead_letters.lua
-- ordered     zset    a member for each item with an ordering key that is not dead, in lexical order
-- nacked      zset    nacked item whose delay is over, if it had one, by its position in the line of them
-- expiries    zset    item with a TTL that is not dead, by the instant from which it no longer counts
-- dedup       hash    see queue_dedup.lua, also for windows, a zset
local call = redis.call
local items, cursor, leases, delayed, deliveries, dead = unpack(KEYS, 1, 6)
local ordered, nacked, expiries = KEYS[7], KEYS[8], KEYS[9]

-- Returns a text that sorts as the stream sorts its ids, or nil if `id` is not a valid id.
local function sortable_id(id)
  local ms, number = id:match('^(%d+)%-(%d+)$')
  if not ms or #ms > 20 or #number > 20 then return nil end
  ms, number = ('0'):rep(20 - #ms) .. ms, ('0'):rep(20 - #number) .. number
  if ms > '18446744073709551615' or number > '18446744073709551615' then return nil end
  return ms .. number
end

local function entry_of(id) return sortable_id(id) and call('XRANGE', items, id, id)[1] end

-- Servers subscribe to this channel for each queue that somebody waits for.
local function wake_waiters(count) call('PUBLISH', cursor:sub(1, -7) .. 'wakeups', count) end

-- An empty queue leaves no key. Returns false if the queue was empty.
local function delete_queue_if_empty()
  if call('XLEN', items) > 0 then return true end
  call('UNLINK', unpack(KEYS, 1, 9))
  return false
end
