-- What scripts that revoke know beside session_user.lua: how it is marked, and for how long.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       none of its own
-- defines:    revoke(handle, ends), remember(member, at, memory, most), token_mark(), spare(kept, mark)
-- complexity: O(n) for n marks

-- One session, until it would have ended.
local function revoke(handle, ends)
  call('ZREMRANGEBYSCORE', revoked, '-inf', text(now))
  call('ZADD', revoked, 'GT', text(ends), handle)
  last(revoked, math.min(tonumber(call('ZRANGE', revoked, -1, -1, 'WITHSCORES')[2]), 2 ^ 53))
  say({kind = 'revoked', handle = handle})
end

-- A mark beside the user, if it is known or one of `most`; for `memory` us.
local function remember(member, at, memory, most)
  call('ZREMRANGEBYSCORE', not_before, '-inf', text(now - memory))
  if not call('ZSCORE', not_before, member) and call('ZCARD', not_before) >= most then return false end
  call('ZADD', not_before, text(at), member)
  last(not_before, now + memory)
  return true
end

-- Up to when tokens are revoked. New ones may have the iat that was told for an earlier mark of this second,
-- so it is the next second's then; and never later, however often that happens.
local function token_mark()
  local second = math.floor(now / 1000000) * 1000000
  for _, member in ipairs(call('ZRANGEBYSCORE', not_before, text(second), '+inf')) do
    if not member:find('^handle:') then return second + 1000000 end
  end
  return now
end

-- Of all sessions a `user` mark spares one at most.
local function spare(kept, mark)
  for _, member in ipairs(call('ZRANGE', not_before, 0, -1)) do
    if member:find('^kept:') and member ~= kept then call('ZREM', not_before, member) end
  end
  if kept then call('ZADD', not_before, text(mark), kept) end
end
