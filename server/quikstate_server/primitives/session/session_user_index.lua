-- Shared by the scripts on one user: the index of the user's sessions, and the revocation marks.
-- KEYS:       [1] sessions [2] ids [3] not_before [4] revoked
-- ARGV:       none of its own
-- defines:    call, format_integer(number), score_of(key, member), is_valid(handle, device, valid_from),
--             keep_until(key, until_us), remove_from_index(handle, record), publish_event(event)
-- complexity: O(log n) for n sessions, devices and marks
--
-- sessions    zset  the index: the handle of each session, by the instant at which it ends for good
-- ids         hash  by handle, the session's record: `listed` when it was registered before its write, else
--                   `written`; the instant from which it is valid; its id
-- not_before  zset  revocation marks. `user`, `tokens` and `device:D`, by the instant up to which everything
--                   is revoked; `kept:H`, by that of the `user` mark that spares the session H, if it is
--                   newer than `floor`; `handle:H`, by the instant at which H was revoked while no index
--                   had it
-- revoked     zset  handles of revoked sessions, by the instant until which this must be remembered
local call = redis.call
local sessions, ids, not_before, revoked = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local function format_integer(number) return string.format('%.0f', number) end

-- 0 without a score. At most 2^53, the last exact integer, whatever a raw client wrote.
local function score_of(key, member) return math.min(tonumber(call('ZSCORE', key, member) or 0), 2 ^ 53) end

local function is_after(instant, mark) return not mark or instant > tonumber(mark) end

-- A session is valid if its valid_from is after the marks, and it was not revoked by itself. Where a raw
-- client did not say when it was created, it is valid until there is a mark.
local function is_valid(handle, device, valid_from)
  if call('ZSCORE', revoked, handle) then return false end
  local members = {'user', 'device:' .. device, 'floor', 'kept:' .. handle, 'handle:' .. handle}
  local user, own_device, floor, kept, own_handle = unpack(call('ZMSCORE', not_before, unpack(members)))
  if own_handle or not is_after(valid_from, own_device) then return false end
  local is_kept = user and kept and tonumber(kept) >= tonumber(user) and is_after(valid_from, floor)
  return is_kept or is_after(valid_from, user)
end

-- Extends the TTL of a key, which lives as long as the last entry in it.
local function keep_until(key, until_us)
  local ms = math.ceil(until_us / 1000)
  if call('PEXPIRETIME', key) < ms then call('PEXPIREAT', key, format_integer(ms)) end
end

-- Does nothing if the record has changed since the caller read it.
local function remove_from_index(handle, record)
  if call('HGET', ids, handle) ~= record then return end
  call('ZREM', sessions, handle)
  call('HDEL', ids, handle)
end

local function publish_event(event)
  local channel = ids:sub(1, -4) .. 'events'  -- `ids` ends in ":ids"; the sidecar channel in ":events"
  call('PUBLISH', channel, cjson.encode(event))
end
