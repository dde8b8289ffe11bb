-- How an item is added to the stream.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    LAST_ID, append(fields, number), nil if there can be no more; loosen()
-- complexity: O(log n) for n items
local LAST_ID = '18446744073709551615-18446744073709551615'

-- The id is of the microsecond, so that it is not given again when the stream ended and began anew.
local function add(fields, number)
  local id = string.format('%.0f-%.0f', math.floor(now / 1000), now % 1000 * 1000 + number)
  local words = math.min(#fields, MOST_WORDS)
  local added = redis.pcall('XADD', items, id, unpack(fields, 1, words))
  if added.err then added = redis.pcall('XADD', items, '*', unpack(fields, 1, words)) end
  return not added.err and added or nil, added.err
end

-- Nothing can be added behind the last id there is: what a raw client gave that to gets another, as a dead
-- letter, and the stream goes on behind the one before.
local function loosen()
  local entry = entry_of(LAST_ID)
  call('XDEL', items, LAST_ID)
  local before = (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-1'})[1]
  call('XSETID', items, LAST_ID, 'ENTRIESADDED', call('XLEN', items) + 1, 'MAXDELETEDID', '0-1')
  call('XSETID', items, before)  -- lower than what was deleted, which Valkey would refuse without the line above
  local id = entry and add(entry[2], 0)
  if not id then return end
  local row = read(entry, 0, '1')
  row.receipt, row.key = '!', ''
  bury(id, row)
end

local function append(fields, number)
  local id, why = add(fields, number)
  if id or not why:find('exhausted') then return id or error({err = why}) end
  loosen()
  return (add(fields, number))
end
