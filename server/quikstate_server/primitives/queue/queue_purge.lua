-- Deletes items: those named unless their lease runs, or some of a kind.
-- KEYS:       [1..11] as queue_state.lua says
-- ARGV:       [1] kind: `named`, `items` or `dead` [2] where it goes on, '' at first [3] how far, '' for what
--             there is now [4] most items [5] most bytes read [6..] item ids
-- returns:    {how many, where to go on or '' (of those named, how many were looked at), how far}
-- complexity: O(k log n) for k of n items
local kind, from, last = ARGV[1], ARGV[2], ARGV[3]
local most, most_read, purged, looked, after = tonumber(ARGV[4]), tonumber(ARGV[5]), 0, 0, ''

-- What it says of itself is read only where no row says it.
local function purge(id, entry)
  local row = row_of(id) or (entry and read(entry, 0, '1')) or {expires = 0, key = ''}
  purged = purged + forget(id, row)
end

if kind == 'named' then
  local ids, read_bytes = {unpack(ARGV, 6)}, 0
  for number, id in ipairs(ids) do
    local entry = not row_of(id) and entry_of(id)
    if tonumber(call('ZSCORE', leases, id) or 0) <= now then purge(id, entry) end
    read_bytes = read_bytes + (entry and size_of(entry) or 0)
    if read_bytes >= most_read and number < #ids then after = tostring(number) break end
  end
elseif kind == 'dead' then
  if last == '' then last = call('ZRANGE', dead, -1, -1, 'WITHSCORES')[2] or '0' end
  local ids = call('ZRANGE', dead, '-inf', last, 'BYSCORE', 'LIMIT', 0, most)
  for _, id in ipairs(ids) do purge(id, nil) end
  after = #ids == most and 'more' or ''
else
  if last == '' then last = (call('XREVRANGE', items, '+', '-', 'COUNT', 1)[1] or {'0-0'})[1] end
  walk(from == '' and '-' or from, last, function(entry, bytes)
    if looked == most or (looked > 0 and bytes > most_read) then after = entry[1] return false end
    looked = looked + 1
    if not call('ZSCORE', dead, entry[1]) then purge(entry[1], entry) end
  end)
end
tidy()
return {purged, after, last}
