-- Counts a queue's items, and shows some of them.
-- KEYS:       [1..11] as queue_state.lua says
-- ARGV:       [1] most bytes of one item [2] most attempts of a raw client's item [3] view: '', `items` or
--             `dead` [4] where the page begins [5] most items [6] most bytes [7] most bytes read
-- returns:    {{ready, delayed, leased, dead, us of the oldest or -1}, next page or '',
--             {id, attempts, {field, value, …}, state}, …}; no field of what cannot be read
-- complexity: O(log n + k) for k of n items
local view, from, most, room = ARGV[3], ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local most_read, shown, after = tonumber(ARGV[7]), {}, ''

local function show(entry, read_bytes, here)
  local row, _, size, readable = row_of(entry[1]), read(entry, tonumber(ARGV[1]), ARGV[2])
  local told = readable and not (row and row.receipt == '!') and entry[2] or {}
  room = room - (#told > 0 and size or 0)
  local full = #shown == most or (#shown > 0 and (room < 0 or read_bytes > most_read))
  if full then after = here return false end
  shown[#shown + 1] = {entry[1], row and row.attempts or 0, told, state_of(entry[1])}
end

if view == 'items' then
  walk(from == '' and '-' or from, '+', function(entry, read_bytes)
    return is_over(entry[1]) or show(entry, read_bytes, entry[1])
  end)
elseif view == 'dead' then
  local first, read_bytes = tonumber(from) or 0, 0
  for number, id in ipairs(call('ZRANGE', dead, first, first + most)) do
    local entry = (row_of(id) or {}).receipt ~= '!' and entry_of(id) or {id, {}}
    read_bytes = read_bytes + size_of(entry)
    if show(entry, read_bytes, tostring(first + number - 1)) == false then break end
  end
end
return {counts(most_read), after, unpack(shown)}
