-- Counts a queue's items, and shows some of them.
-- KEYS:       [1..7] as queue_state.lua says
-- ARGV:       [1] view: '', `items` or `dead` [2] where the page begins [3] most items [4] most bytes
-- returns:    {{items, delayed, leased, dead, us of the oldest or -1}, next page or '',
--             {id, attempts, {field, value, …}, state}, …}
-- complexity: O(log n + k) for k of n items
local view, from, most, room = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local function state_of(id)
  if call('ZSCORE', dead, id) then return 'dead' end
  if tonumber(call('ZSCORE', delayed, id) or 0) > now then return 'delayed' end
  return tonumber(call('ZSCORE', leases, id) or 0) > now and 'leased' or 'ready'
end

local function oldest()
  for _, entry in ipairs(call('XRANGE', items, '-', '+', 'COUNT', 100)) do
    if not call('ZSCORE', dead, entry[1]) then return now - entry[1]:match('%d+') * 1000 end
  end
  return -1
end

local function page()
  if view == 'items' then return call('XRANGE', items, from == '' and '-' or from, '+', 'COUNT', most + 1) end
  local found = {}
  local first = tonumber(from) or 0
  for _, id in ipairs(view == 'dead' and call('ZRANGE', dead, first, first + most) or {}) do
    found[#found + 1] = call('XRANGE', items, id, id)[1] or {id, {}}
  end
  return found
end

local shown, after = {}, ''
for number, entry in ipairs(page()) do
  for _, text in ipairs(entry[2]) do room = room - #text end
  if #shown == most or (#shown > 0 and room < 0) then
    after = view == 'items' and entry[1] or tostring((tonumber(from) or 0) + number - 1)
    break
  end
  shown[#shown + 1] = {entry[1], (delivery_of(entry[1])), entry[2], state_of(entry[1])}
end
local later = string.format('(%.0f', now)
local counts = {call('XLEN', items), call('ZCOUNT', delayed, later, '+inf'),
  call('ZCOUNT', leases, later, '+inf'), call('ZCARD', dead), oldest()}
return {counts, after, unpack(shown)}
