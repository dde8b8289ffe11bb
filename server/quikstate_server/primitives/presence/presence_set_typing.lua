-- A user types in a channel, or has stopped.
-- KEYS:       up to 3 of a slot: the seed's key of the user and the channel, who types in the channel, and
--             where the user types
-- ARGV:       [1] ms it counts, 0 if the user has stopped [2..] per key what it has until then, or '' for the
--             seed's key, which is 1
-- returns:    1
-- complexity: O(log n) for n that type, and O(m log n) for m that lapsed
local call, lasts = redis.call, tonumber(ARGV[1])
for i, key in ipairs(KEYS) do
  local what = ARGV[1 + i]
  if what ~= '' then call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now)) end
  if what == '' and lasts == 0 then call('GETDEL', key) -- which like GET fails where it is no string
  elseif what == '' then call('SET', key, '1', 'PX', lasts, 'GET')
  elseif lasts == 0 then call('ZREM', key, what)
  else
    call('ZADD', key, string.format('%.0f', now + lasts * 1000), what)
    if call('PTTL', key) < lasts then call('PEXPIRE', key, lasts) end
  end
end
return 1
