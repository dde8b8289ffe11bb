-- Stores the reply to a request by its request_id, so that a repeat finds its lease.
-- KEYS:       [#KEYS] the stored reply, if the request has an id
-- ARGV:       none of its own
-- defines:    request_key or false, read_request(): lease id or false, content or false, is_settled;
--             write_request(lease_id, content, is_settled, reply_ms)
-- complexity: O(1)
-- A request is settled once a call returned its lease, for which a waiter's claim does not count, or once it
-- was released by its request_id: then it never gets another lease. So if the lease of a settled request
-- is not held, it has ended.
local request_key = #KEYS % 7 == 1 and KEYS[#KEYS]

local function read_request()
  local text = request_key and call('GET', request_key)
  if not text then return false, false, false end
  local lease_id, content, settled = text:match('^(%S+) (%S+) (%d)$')
  if not lease_id then error({err = 'WRONGTYPE ' .. request_key .. ' holds no request'}) end
  return lease_id ~= '-' and lease_id, content ~= '-' and content, settled == '1'
end

local function write_request(lease_id, content, is_settled, reply_ms)
  local fields = {lease_id or '-', content or '-', is_settled and '1' or '0'}
  call('SET', request_key, table.concat(fields, ' '), 'PX', reply_ms)
end
