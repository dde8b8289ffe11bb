-- Shared by the scripts on one session: its hash, and the pointer that a rotation leaves behind.
-- KEYS:       [1] session [2] rotated
-- ARGV:       none of its own
-- defines:    call, format_integer(number), parse_integer(text), read_session(key), read_pointer(),
--             mark_written(key, ms), set_expiry(expires, idle)
-- complexity: O(n) for n fields
--
-- session  hash  fields of the legacy key layout: userId, email, deviceId, createdAt, expiresAt; and fields
--                that quikstate adds: handle, version, validFromUs, expiresUs, idleUs, lastSeenUs, ipAddress,
--                userAgent, attr:NAME
-- rotated  hash  after a rotation, the pointer to the new id: successor, handle, userId, graceUntilUs.
--                After a session is created, for some seconds, `written`: if the session is absent meanwhile,
--                it was created and then deleted; without `written`, its creation may still be under way.
local call = redis.call
local session, rotated = KEYS[1], KEYS[2]

local function format_integer(number) return string.format('%.0f', number) end

-- nil for a text that quikstate cannot have written as a whole number: raw clients write all kinds.
local function parse_integer(text)
  local number = text and text:find('^%d+$') and tonumber(text)
  return number and number < 2 ^ 53 and number or nil
end

-- Returns three values: now in us, the TTL in ms, and the fields.
local function read_session(key)
  return format_integer(now), call('PTTL', key), call('HGETALL', key)
end

-- Returns what is known of a session that is absent: 'rotated' or, after the grace, 'replayed', with the
-- pointer and its TTL in ms; else 'gone' if it was created lately, or 'missing'.
local function read_pointer()
  local fields = {'successor', 'graceUntilUs', 'userId', 'handle', 'written'}
  local successor, grace_until, user, handle, was_written = unpack(call('HMGET', rotated, unpack(fields)))
  if not successor or not grace_until then return {was_written and 'gone' or 'missing'} end
  local in_grace = now < (parse_integer(grace_until) or 0)
  local kind = in_grace and 'rotated' or 'replayed'
  return {kind, successor, user or '', handle or '', call('PTTL', rotated)}
end

local function mark_written(key, ms)
  call('HSET', key, 'written', format_integer(now))
  call('PEXPIRE', key, ms)
end

-- Ends the session at `expires`, or after `idle` us without a touch, whichever comes first; 0 means never.
local function set_expiry(expires, idle)
  local ends_at = expires
  if idle > 0 then
    ends_at = math.min(now + idle, expires > 0 and expires or math.huge)
  end
  if ends_at > 0 then call('PEXPIREAT', session, format_integer(math.ceil(ends_at / 1000))) end
end
