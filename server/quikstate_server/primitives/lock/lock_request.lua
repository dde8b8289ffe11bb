-- What is remembered of a request by its id, so that a repeat finds its lease.
-- KEYS:       [#KEYS] the request's memory, if it is one of them
-- ARGV:       none of its own
-- defines:    request, its key or false; recall(): lease id or false, content or false, whether it is
--             settled; remember(lease, content, settled, ms)
-- complexity: O(1)
-- It is settled once a caller had the lease, or none shall: that it is not held then means that it has ended.
local request = #KEYS % 7 == 1 and KEYS[#KEYS]

local function recall()
  local told = request and call('GET', request)
  if not told then return false, false, false end
  local lease, content, settled = told:match('^(%S+) (%S+) (%d)$')
  if not lease then error({err = 'WRONGTYPE ' .. request .. ' holds no request'}) end
  return lease ~= '-' and lease, content ~= '-' and content, settled == '1'
end

local function remember(lease, content, settled, ms)
  local told = {lease or '-', content or '-', settled and '1' or '0'}
  call('SET', request, table.concat(told, ' '), 'PX', ms)
end
