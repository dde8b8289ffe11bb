-- What every script on one session knows: its hash, and where it went if it was rotated.
-- KEYS:       [1] session [2] rotated
-- ARGV:       none of its own
-- defines:    call, text(number), live(), pointer(), set(from), lapse(expires, idle)
-- complexity: O(n) for n fields
--
-- session  hash  the seed's: userId, email, deviceId, createdAt, expiresAt; and handle, version, validFromUs,
--                expiresUs, idleUs, lastSeenUs, ipAddress, userAgent, attr:NAME of ours
-- rotated  hash  successor, handle, userId; graceUntilUs once the session itself is gone
local call = redis.call
local session, rotated = KEYS[1], KEYS[2]

local function text(number) return string.format('%.0f', number) end

-- The session as it is.
local function live()
  return text(now), call('PTTL', session), call('HGETALL', session)
end

-- Where it is to be found, if it is not here.
local function pointer()
  local to = call('HMGET', rotated, 'successor', 'graceUntilUs', 'userId', 'handle')
  if not to[1] or not to[2] then return {'missing'} end
  return {now < tonumber(to[2]) and 'rotated' or 'replayed', to[1], to[3] or '', to[4] or ''}
end

-- HSET of the pairs in ARGV, some at a time: Lua's stack is not endless.
local function set(from)
  for i = from, #ARGV, 1000 do call('HSET', session, unpack(ARGV, i, math.min(i + 999, #ARGV))) end
end

-- It ends at `expires`, or after `idle` us without a touch, whichever comes first; 0 is for neither.
local function lapse(expires, idle)
  local ends = idle > 0 and math.min(now + idle, expires > 0 and expires or math.huge) or expires
  if ends > 0 then call('PEXPIREAT', session, text(math.ceil(ends / 1000))) end
end
