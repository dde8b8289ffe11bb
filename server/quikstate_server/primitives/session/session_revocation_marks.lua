-- Shared by the scripts that revoke: how revocation marks are set, and for how long.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       none of its own
-- defines:    revoke_session(handle, ends_at), set_mark(member, at, memory, max_marks), choose_token_mark(),
--             keep_only(kept, mark)
-- uses:       session_user_index.lua: call, format_integer, keep_until, publish_event
-- complexity: O(n) for n marks

-- Revokes one session. This is remembered until `ends_at`, when the session would have ended.
local function revoke_session(handle, ends_at)
  call('ZREMRANGEBYSCORE', revoked, '-inf', format_integer(now))
  call('ZADD', revoked, 'GT', format_integer(ends_at), handle)
  local last_end = tonumber(call('ZRANGE', revoked, -1, -1, 'WITHSCORES')[2])
  keep_until(revoked, math.min(last_end, 2 ^ 53))
  publish_event({kind = 'revoked', handle = handle})
end

-- Sets a mark of the user for `memory` us. Returns false, without a mark, if `max_marks` others are set.
local function set_mark(member, at, memory, max_marks)
  call('ZREMRANGEBYSCORE', not_before, '-inf', format_integer(now - memory))
  if not call('ZSCORE', not_before, member) and call('ZCARD', not_before) >= max_marks then return false end
  call('ZADD', not_before, format_integer(at), member)
  keep_until(not_before, now + memory)
  return true
end

-- Returns the instant up to which tokens are revoked now. An earlier revocation in this second told issuers
-- to use the next second's iat: then the mark is the start of the next second, so that it covers those
-- tokens. It is never later than that, however often this happens.
local function choose_token_mark()
  local second = math.floor(now / 1000000) * 1000000
  for _, member in ipairs(call('ZRANGEBYSCORE', not_before, format_integer(second), '+inf')) do
    if not member:find('^handle:') then return second + 1000000 end
  end
  return now
end

-- Lets the `user` mark spare the session `kept` alone, or none.
local function keep_only(kept, mark)
  for _, member in ipairs(call('ZRANGE', not_before, 0, -1)) do
    if member:find('^kept:') and member ~= kept then call('ZREM', not_before, member) end
  end
  if kept then call('ZADD', not_before, format_integer(mark), kept) end
end
