-- Says that a user types in a channel, or has stopped.
-- KEYS:       up to 3 of a slot: legacy key of the user and the channel, users who type in the channel,
--             channels in which the user types
-- ARGV:       [1] ms until it expires, 0 if the user has stopped [2..] for each key the member to add or
--             remove; '' for the legacy key, whose value is 1
-- returns:    1
-- complexity: O(log n) for n members, and O(m log n) for m that expired
local call, ttl = redis.call, tonumber(ARGV[1])

local function set_legacy_key(key)
  if ttl > 0 then
    call('SET', key, '1', 'PX', ttl, 'GET') -- with GET, it fails if the key holds a value of another type
  else
    call('GETDEL', key) -- and so does this
  end
end

local function set_member(key, member)
  call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now))
  if ttl > 0 then
    call('ZADD', key, string.format('%.0f', now + ttl * 1000), member)
    if call('PTTL', key) < ttl then call('PEXPIRE', key, ttl) end
  else
    call('ZREM', key, member)
  end
end

for i, key in ipairs(KEYS) do
  local member = ARGV[1 + i]
  if member == '' then set_legacy_key(key) else set_member(key, member) end
end
return 1
