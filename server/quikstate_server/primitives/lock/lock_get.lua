-- Reads the state of one resource.
-- KEYS:       7, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] most holders to return
-- returns:    {value or '', ms until it lapses, waiters, fence or '', {lease id, lapses µs, …}, {about, …}, now µs}
-- complexity: O(m + log n) for m holders returned of n
local most = tonumber(ARGV[5])
local r = resource(1)
local holders = call('ZRANGE', r.holders, string.format('(%.0f', now), '+inf', 'BYSCORE', 'LIMIT', 0, most, 'WITHSCORES')
local abouts = {}
for i = 1, #holders, 2 do abouts[#abouts + 1] = call('HGET', r.leases, holders[i]) or '' end
return {call('GET', r.lock) or '', call('PTTL', r.lock), call('ZCARD', r.waiters), call('GET', r.fence) or '',
        holders, abouts, string.format('%.0f', now)}
