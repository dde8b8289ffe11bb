-- What every script on a user knows: the sessions that are listed, and what was revoked.
-- KEYS:       [1] sessions [2] ids [3] not_before [4] revoked
-- ARGV:       none of its own
-- defines:    call, text, score(key, member), stands(handle, device, stamp), last(key, until_us), forget, say
-- complexity: O(log n) for n sessions, devices and marks
--
-- sessions    zset  the user's list: handle by the instant at which the session ends for good
-- ids         hash  handle: `written`, or `listed` if it was so before that; instant it is valid from; its id
-- not_before  zset  `user`, `tokens`, `device:D` by the instant up to which all is revoked; `kept:H` by that
--                   of the `user` mark that spares the session H, if it is newer than `floor`; and `handle:H`,
--                   revoked while no list knew it, by when
-- revoked     zset  handles of revoked sessions by the instant until which that must be known
local call = redis.call
local sessions, ids, not_before, revoked = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local function text(number) return string.format('%.0f', number) end

-- None above what is a whole number still, whatever a raw client wrote.
local function score(key, member) return math.min(tonumber(call('ZSCORE', key, member) or 0), 2 ^ 53) end

local function after(stamp, mark) return not mark or stamp > tonumber(mark) end

-- It stands if it was valid from an instant after the marks, and was not revoked by itself. One of which no
-- raw client said when it was created stands until there is a mark.
local function stands(handle, device, stamp)
  if call('ZSCORE', revoked, handle) then return false end
  local user, own, floor, kept, named = unpack(call('ZMSCORE', not_before,
    'user', 'device:' .. device, 'floor', 'kept:' .. handle, 'handle:' .. handle))
  local spared = user and kept and tonumber(kept) >= tonumber(user) and after(stamp, floor)
  return not named and (spared or after(stamp, user)) and after(stamp, own)
end

-- A key lives until the last of what it holds.
local function last(key, until_us)
  local ms = math.ceil(until_us / 1000)
  if call('PEXPIRETIME', key) < ms then call('PEXPIREAT', key, text(ms)) end
end

local function forget(handle, about)
  if call('HGET', ids, handle) ~= about then return end
  call('ZREM', sessions, handle)
  call('HDEL', ids, handle)
end

local function say(event) call('PUBLISH', ids:sub(1, -4) .. 'events', cjson.encode(event)) end
