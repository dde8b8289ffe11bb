-- Ends or prolongs deliveries of one queue.
-- KEYS:       [1..11] as queue_state.lua says
-- ARGV:       [1..] 4 a delivery: `ack`, `nack`, `extend` or `return`, item id, receipt, us of delay or lease
-- returns:    a delivery each: `settled`, `dead` or `lost`
-- complexity: O(k log n) for k deliveries among n items
local answers, given_back = {}, 0

-- One that expires before it is due counts for nothing from then on.
local function give_back(id, row, us, receipt)
  if row.expires > 0 then call('ZADD', expiries, row.expires, id) end
  local due = row.expires > 0 and math.min(now + us, row.expires) or now + us
  given_back, row.receipt = given_back + 1, receipt
  if receipt == '+' and us == '0' then return go_behind(id, row) end
  save(id, row)
  call('ZREM', leases, id)
  call('ZADD', delayed, due, id)
end

local function settle(act, id, receipt, us)
  local row = row_of(id)
  local ends = row and row.receipt == receipt and call('ZSCORE', leases, id)
  if not ends then return 'lost' end
  if act == 'ack' then
    call('ZREM', leases, id)
    was_settled(id)
    drop(id, row)
  elseif act == 'extend' then
    call('ZADD', leases, now + us, id)
    if row.expires > 0 then call('ZADD', expiries, math.max(row.expires, now + us), id) end
    if now + us < tonumber(ends) then ring(1) end
  elseif act == 'return' then
    row.attempts = math.max(0, row.attempts - 1)
    give_back(id, row, us, '-')
  elseif row.attempts >= row.most then
    return bury(id, row)
  else give_back(id, row, us, '+') end
  return 'settled'
end

for i = 1, #ARGV, 4 do answers[#answers + 1] = settle(unpack(ARGV, i, i + 3)) end
if given_back > 0 then ring(given_back) end
tidy()
return answers
