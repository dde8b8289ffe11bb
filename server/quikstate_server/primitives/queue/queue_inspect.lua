-- Counts a queue's items, and shows some of them.
-- KEYS:       [1..11] as queue_state.lua says
-- ARGV:       [1] most bytes of one item [2] most attempts of a raw client's item [3] view: '', `items` or
--             `dead` [4] where the page begins [5] most items [6] most bytes [7] most bytes read
-- returns:    {{ready, delayed, leased, dead, us of the oldest or -1}, next page or '',
--             {id, attempts, {field, value, …}, state}, …}; no field of what cannot be read
-- complexity: O(log n + k) for k of n items
local view, from, most, room = ARGV[3], ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local most_read, shown, after, later = tonumber(ARGV[7]), {}, '', string.format('(%.0f', now)

local function state_of(id)
  local due = tonumber(call('ZSCORE', delayed, id) or 0)
  if call('ZSCORE', dead, id) then return 'dead' end
  if due > now and due < math.huge then return 'delayed' end
  return tonumber(call('ZSCORE', leases, id) or 0) > now and 'leased' or 'ready'
end

local function show(entry, read_bytes, here)
  local row, _, size, readable = row_of(entry[1]), read(entry, tonumber(ARGV[1]), ARGV[2])
  if row and row.receipt == '!' then readable = false end
  room = room - (readable and size or 0)
  local full = #shown > 0 and (room < 0 or read_bytes > most_read)
  if full or #shown == most then after = here return false end
  shown[#shown + 1] = {entry[1], row and row.attempts or 0, readable and entry[2] or {}, state_of(entry[1])}
end

if view == 'items' then
  walk(from == '' and '-' or from, '+', function(entry, bytes) return show(entry, bytes, entry[1]) end)
elseif view == 'dead' then
  local first, read_bytes = tonumber(from) or 0, 0
  for number, id in ipairs(call('ZRANGE', dead, first, first + most)) do
    local entry = (row_of(id) or {}).receipt ~= '!' and entry_of(id) or {id, {}}
    read_bytes = read_bytes + size_of(entry)
    if show(entry, read_bytes, tostring(first + number - 1)) == false then break end
  end
end
local oldest, number = -1, 0
walk('-', '+', function(entry, bytes)
  number = number + 1
  if not call('ZSCORE', dead, entry[1]) then oldest = math.max(0, now - entry[1]:match('%d+') * 1000) end
  return oldest < 0 and number < 100 and bytes < most_read
end)
local waiting, held = call('ZCOUNT', delayed, later, '(inf'), call('ZCOUNT', leases, later, '+inf')
local ready = math.max(0, length() - waiting - held - call('ZCARD', dead))
return {{ready, waiting, held, call('ZCARD', dead), oldest}, after, unpack(shown)}
