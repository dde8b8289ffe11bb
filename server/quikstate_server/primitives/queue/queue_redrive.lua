-- Enqueues dead letters anew, at the end. What cannot be read stays one, as the last to have died.
-- KEYS:       [1..11] as queue_state.lua says
-- ARGV:       [1] most bytes of one item [2] most attempts of a raw client's item [3] most items [4] most
--             bytes read [5] the last to have died, '' for the last there is [6..] item ids, none for all
-- returns:    {how many, how many were looked at, the last to have died, how many there were until that}
-- complexity: O(k log n) for k of n items
local most, most_read, last, ids = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], {unpack(ARGV, 6)}
if last == '' then last = call('ZRANGE', dead, -1, -1, 'WITHSCORES')[2] or '0' end
local count, redriven, looked, read_bytes = call('ZCOUNT', dead, '-inf', last), 0, 0, 0
if #ids == 0 then ids = call('ZRANGE', dead, '-inf', last, 'BYSCORE', 'LIMIT', 0, most) end

local function without_expiry(flat)
  local kept = {}
  for i = 1, #flat, 2 do
    if flat[i] ~= 'expires_at' then kept[#kept + 1] = flat[i]; kept[#kept + 1] = flat[i + 1] end
  end
  return kept
end

local function redrive(id, row)
  local entry = entry_of(id)
  if not entry then return forget(id, row or {expires = 0, key = ''}) end  -- a raw client deleted it
  local told, size, readable = read(entry, tonumber(ARGV[1]), ARGV[2])
  read_bytes = read_bytes + size
  local new = readable and append(without_expiry(entry[2]), redriven + 1)
  if not new then return bury(id, row or told) end
  stand(new, told.key)
  was_redriven(id, new)
  forget(id, {expires = 0, key = ''})
  redriven = redriven + 1
end

for _, id in ipairs(ids) do
  if read_bytes >= most_read then break end
  looked = looked + 1
  if call('ZSCORE', dead, id) then redrive(id, row_of(id)) end
end
if redriven > 0 then ring(redriven) end
tidy()
return {redriven, looked, last, count}
