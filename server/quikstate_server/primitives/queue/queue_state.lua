-- What every queue script knows of a queue: its keys, and what is in them.
-- KEYS:       [1] items [2] cursor [3] leases [4] delayed [5] deliveries [6] dead [7] ordered [8] returned
--             [9] expiries [10] dedup [11] windows
-- ARGV:       none of its own
-- defines:    padded(id), entry_of(id), ring(count), tidy()
-- complexity: O(log n) for n items
--
-- items       stream  the seed's key: each item until it is settled, dead letters too; a raw client may XADD
-- cursor      string  the last of them that was looked at for its first delivery; and see queue_heal.lua
-- leases      zset    item by the instant its lease ends
-- delayed     zset    item by the instant it is due, `inf` while another of its ordering key comes first
-- deliveries  hash    item: its row, as queue_row.lua says, for each that is in one of the other sets
-- dead        zset    dead letter by the instant it died, or by one more than the last before it
-- ordered     zset    place of each item with an ordering key that is not dead, in lexical order
-- returned    zset    nacked item by the place that it took in this line
-- expiries    zset    item with a TTL that is not dead, by the instant after which it counts for nothing
-- dedup       hash    and windows, a zset: see queue_dedup.lua
local call = redis.call
local items, cursor, leases, delayed, deliveries, dead = unpack(KEYS, 1, 6)
local ordered, returned, expiries = KEYS[7], KEYS[8], KEYS[9]

-- Such texts follow each other as ids do in the stream; nil for what is no id.
local function padded(id)
  local ms, number = id:match('^(%d+)%-(%d+)$')
  if not ms or #ms > 20 or #number > 20 then return nil end
  ms, number = ('0'):rep(20 - #ms) .. ms, ('0'):rep(20 - #number) .. number
  return ms <= '18446744073709551615' and number <= '18446744073709551615' and ms .. number or nil
end

local function entry_of(id) return padded(id) and call('XRANGE', items, id, id)[1] end

local function ring(count) call('PUBLISH', cursor:sub(1, -7) .. 'bell', count) end

-- An empty queue leaves no key; false of one.
local function tidy()
  if call('XLEN', items) > 0 then return true end
  call('UNLINK', unpack(KEYS, 1, 9))
  return false
end
