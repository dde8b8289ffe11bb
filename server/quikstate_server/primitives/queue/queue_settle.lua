-- Ends or prolongs deliveries of one queue.
-- KEYS:       [1..7] as queue_state.lua says
-- ARGV:       [1..] 4 a delivery: `ack`, `nack`, `extend` or `return`, item id, receipt, us of delay or lease
-- returns:    a delivery each: `settled`, `dead` or `lost`
-- complexity: O(k log n) for k deliveries among n items
local answers, returned = {}, 0

local function give_back(id, attempts, most, key, delay)
  call('HSET', deliveries, id, string.format('%d %d - %s', attempts, most, key))
  call('ZREM', leases, id)
  call('ZADD', delayed, now + delay, id)
  returned = returned + 1
end

local function settle(act, id, receipt, us)
  local attempts, most, held, key = delivery_of(id)
  local ends = call('ZSCORE', leases, id)
  if held ~= receipt or not ends then return 'lost' end
  if act == 'ack' then
    call('ZREM', leases, id)
    drop(id, key)
  elseif act == 'extend' then
    call('ZADD', leases, now + us, id)
    if now + us < tonumber(ends) then ring(1) end
  elseif act == 'return' then give_back(id, attempts - 1, most, key, us)
  elseif attempts >= most then
    bury(id, key)
    return 'dead'
  else give_back(id, attempts, most, key, us) end
  return 'settled'
end

for i = 1, #ARGV, 4 do answers[#answers + 1] = settle(unpack(ARGV, i, i + 3)) end
if returned > 0 then ring(returned) end
tidy()
return answers
