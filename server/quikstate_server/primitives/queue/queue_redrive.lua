-- Enqueues dead letters anew, at the end.
-- KEYS:       [1..7] as queue_state.lua says
-- ARGV:       [1] most, of those that died until [2] us, 0 for now [3..] item ids, none for the longest dead
-- returns:    {how many, how many were looked at, now in us}
-- complexity: O(k log n) for k of n items
local most, until_ = tonumber(ARGV[1]), tonumber(ARGV[2])
if until_ == 0 then until_ = now end
local ids = {unpack(ARGV, 3)}
if #ids == 0 then ids = call('ZRANGE', dead, '-inf', until_, 'BYSCORE', 'LIMIT', 0, most) end
local redriven = 0
for _, id in ipairs(ids) do
  local entry = call('ZSCORE', dead, id) and call('XRANGE', items, id, id)[1]
  if entry then
    local kept = {}
    for i = 1, #entry[2], 2 do
      if entry[2][i] ~= 'expires_at' then kept[#kept + 1] = entry[2][i]; kept[#kept + 1] = entry[2][i + 1] end
    end
    redriven = redriven + 1
    stand(append(kept, redriven), fields_of(entry).ordering_key or '')
  end
  forget(id, '')
end
if redriven > 0 then ring(redriven) end
tidy()
return {redriven, #ids, now}
