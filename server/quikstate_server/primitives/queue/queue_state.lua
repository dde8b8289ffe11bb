-- What every queue script knows of a queue: its keys, what is in them, and how an item is added.
-- KEYS:       [1] items [2] cursor [3] leases [4] delayed [5] deliveries [6] dead [7] ordered
-- ARGV:       none of its own
-- defines:    fields_of(entry), delivery_of(id), ring(count), append(fields, number), tidy()
-- complexity: O(log n) for n items
--
-- items       stream  the seed's key: each item until it is settled, dead letters too; a raw client may XADD
-- cursor      string  the last of them that was looked at for its first delivery
-- leases      zset    item by the instant its lease ends
-- delayed     zset    item by the instant it is due: new with a delay, nacked, or next of its ordering key
-- deliveries  hash    item: `attempts most receipt ordering-key`, once it was delivered or if it has a delay
-- dead        zset    dead letter by the instant it died
-- ordered     zset    place of each item with an ordering key that is not dead, in lexical order
local call = redis.call
local items, cursor, leases, delayed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local deliveries, dead, ordered = KEYS[5], KEYS[6], KEYS[7]

local function fields_of(entry)
  local fields, flat = {}, entry[2]
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end

local function delivery_of(id)
  local attempts, most, receipt, key = (call('HGET', deliveries, id) or ''):match('^(%d+) (%d+) (%S+) (.*)$')
  return tonumber(attempts or 0), tonumber(most or 0), receipt, key
end

local function ring(count)
  call('PUBLISH', cursor:sub(1, -7) .. 'bell', count)
end

-- The id is of the microsecond, so that it is not given again when the stream ended and began anew.
local function append(fields, number)
  local id = string.format('%.0f-%.0f', math.floor(now / 1000), now % 1000 * 1000 + number)
  local added = redis.pcall('XADD', items, id, unpack(fields))
  return added.err and call('XADD', items, '*', unpack(fields)) or added
end

local function tidy()
  if call('XLEN', items) == 0 then call('DEL', unpack(KEYS, 1, 7)) end
end
