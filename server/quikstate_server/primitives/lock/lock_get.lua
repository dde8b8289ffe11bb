-- Reads the state of one resource.
-- KEYS:       7, as lock_resource.lua says
-- ARGV:       [1..4] as lock_resource.lua says; [5] max holders to return
-- returns:    {value or '', ms until it expires, waiters, last token, {lease id, its expiry in µs, …},
--             {lease, …}, now in µs}
-- uses:       lock_resource.lua: call, lock_on
--             lock_fencing_tokens.lua: format_integer, format_token, read_tokens
-- complexity: O(m log n) for m holders returned of n
local max_holders = tonumber(ARGV[5])
local lock = lock_on(1)
local value, expires_in_ms = call('GET', lock.key) or '', call('PTTL', lock.key)
local exclusive_lease = call('HGET', lock.leases, value)

local holders, leases = {}, {}
if exclusive_lease then
  holders, leases = {value, format_integer(now + expires_in_ms * 1000)}, {exclusive_lease}
elseif value:sub(1, 7) == 'shared:' then
  local after_now = '(' .. format_integer(now)
  holders = call('ZRANGE', lock.holders, after_now, '+inf', 'BYSCORE', 'LIMIT', 0, max_holders, 'WITHSCORES')
  for i = 1, #holders, 2 do leases[#leases + 1] = call('HGET', lock.leases, holders[i]) or '' end
end

local last_epoch, last_seq = read_tokens(lock.fence)
local last_token = format_token(last_epoch, last_seq)
return {value, expires_in_ms, call('ZCARD', lock.queue), last_token, holders, leases, format_integer(now)}
