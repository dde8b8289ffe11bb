-- Reads the state of one resource.
-- KEYS:       7, as lock_state.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] most holders to return
-- returns:    {value or '', ms until it lapses, waiters, last token, {lease id, lapses µs, …}, {about, …}, now µs}
-- complexity: O(m + log n) for m holders returned of n
local most = tonumber(ARGV[5])
local r = resource(1)
local value, lapses = call('GET', r.lock) or '', call('PTTL', r.lock)
local about = call('HGET', r.leases, value)
local holders, abouts = {}, {}
if about then
  holders, abouts = {value, string.format('%.0f', now + lapses * 1000)}, {about}
elseif value:sub(1, 7) == 'shared:' then
  local living = string.format('(%.0f', now)
  holders = call('ZRANGE', r.holders, living, '+inf', 'BYSCORE', 'LIMIT', 0, most, 'WITHSCORES')
  for i = 1, #holders, 2 do abouts[#abouts + 1] = call('HGET', r.leases, holders[i]) or '' end
end
local last = string.format('%d %.0f', known_tokens(r.fence))
return {value, lapses, call('ZCARD', r.waiters), last, holders, abouts, string.format('%.0f', now)}
