-- Deletes items: those named unless their lease runs, or a hundred of a kind.
-- KEYS:       [1..7] as queue_state.lua says
-- ARGV:       [1] kind: `named`, `items` or `dead` [2] where it goes on, '' at first [3] how far, ''
--             for what there is now [4..] item ids
-- returns:    {how many, where to go on or '', how far}
-- complexity: O(k log n) for k of n items
local kind, from, last, chunk = ARGV[1], ARGV[2], ARGV[3], 100
local purged, after = 0, ''
if last == '' and kind == 'dead' then last = string.format('%.0f', now) end
if last == '' then last = (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-0'})[1] end

local function purge(entry)
  purged = purged + 1
  forget(entry[1], fields_of(entry).ordering_key or '')
end

if kind == 'named' then
  for _, id in ipairs({unpack(ARGV, 4)}) do
    local entry = call('XRANGE', items, id, id)[1]
    if entry and tonumber(call('ZSCORE', leases, id) or 0) <= now then purge(entry) end
  end
elseif kind == 'dead' then
  local ids = call('ZRANGE', dead, '-inf', last, 'BYSCORE', 'LIMIT', 0, chunk)
  for _, id in ipairs(ids) do purge(call('XRANGE', items, id, id)[1] or {id, {}}) end
  after = #ids == chunk and 'more' or ''
else
  local entries = call('XRANGE', items, from == '' and '-' or '(' .. from, last, 'COUNT', chunk)
  for _, entry in ipairs(entries) do
    if not call('ZSCORE', dead, entry[1]) then purge(entry) end
  end
  after = #entries == chunk and entries[chunk][1] or ''
end
tidy()
return {purged, after, last}
