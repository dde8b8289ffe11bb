-- What every script on one session knows: its hash, and where it went if it was rotated.
-- KEYS:       [1] session [2] rotated
-- ARGV:       none of its own
-- defines:    call, text(number), whole(word), live(), pointer(), written(key, ms), lapse(expires, idle)
-- complexity: O(n) for n fields
--
-- session  hash  the seed's: userId, email, deviceId, createdAt, expiresAt; and handle, version, validFromUs,
--                expiresUs, idleUs, lastSeenUs, ipAddress, userAgent, attr:NAME of ours
-- rotated  hash  successor, handle, userId, graceUntilUs once the session has another id; before that, for
--                some seconds, written: so a session that is not there was deleted, and is not on its way
local call = redis.call
local session, rotated = KEYS[1], KEYS[2]

local function text(number) return string.format('%.0f', number) end

-- The whole number that a word says, if it is one that we may have written: raw clients write all kinds.
local function whole(word)
  local number = word and word:find('^%d+$') and tonumber(word)
  return number and number < 2 ^ 53 and number or nil
end

-- The session as it is.
local function live()
  return text(now), call('PTTL', session), call('HGETALL', session)
end

-- Where it is to be found, if it is not here, and the ms for which that is known.
local function pointer()
  local to = call('HMGET', rotated, 'successor', 'graceUntilUs', 'userId', 'handle', 'written')
  if not to[1] or not to[2] then return {to[5] and 'gone' or 'missing'} end
  local answers = now < (whole(to[2]) or 0)
  return {answers and 'rotated' or 'replayed', to[1], to[3] or '', to[4] or '', call('PTTL', rotated)}
end

local function written(key, ms)
  call('HSET', key, 'written', text(now))
  call('PEXPIRE', key, ms)
end

-- It ends at `expires`, or after `idle` us without a touch, whichever comes first; 0 is for neither.
local function lapse(expires, idle)
  local ends = idle > 0 and math.min(now + idle, expires > 0 and expires or math.huge) or expires
  if ends > 0 then call('PEXPIREAT', session, text(math.ceil(ends / 1000))) end
end
