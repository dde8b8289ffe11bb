-- Determines the id of the next message in a channel's history: `history epoch-offset`.
-- KEYS:       as pub_sub_publish.lua says
-- ARGV:       as pub_sub_publish.lua says
-- defines:    history_exists(history): true, false, or nil if the key holds another type;
--             next_message_id(history): history epoch, offset and the oldest entry, or nil if no id is left
-- complexity: O(1)
-- The next message has the epoch of the last one and the next offset. A new epoch, whose first offset is 1,
-- begins when the history is deleted, or when Redis's run id is not the one with which the last entry was
-- written. Redis has another run id after a restart or failover. Then the end of the history may be lost, and
-- nobody knows which offsets it had. The first epoch is the time in us, and each later one is higher.
--
-- Numbers above 2^53 are not exact in Lua, and a raw Redis client may add an entry with such an id. If its
-- offset is so high, a new epoch begins. If its epoch is so high, no id is left.
local call = redis.call
local run_id, max_exact_integer = ARGV[1]:sub(1, 12), 2 ^ 53 - 1

local function history_exists(history)
  local key_type = call('TYPE', history).ok
  if key_type ~= 'stream' and key_type ~= 'none' then return nil end
  return key_type == 'stream'
end

local function next_message_id(history)
  if not history_exists(history) then return now, 1 end
  local reply, info = call('XINFO', 'STREAM', history), {}
  for i = 1, #reply, 2 do info[reply[i]] = reply[i + 1] end

  local history_epoch, offset = info['last-generated-id']:match('(%d+)-(%d+)')
  history_epoch, offset = tonumber(history_epoch), tonumber(offset)
  if history_epoch >= max_exact_integer then return nil end

  local oldest, newest = info['first-entry'], info['last-entry']
  local newest_run_id = newest and newest[2][2]  -- the first field, see pub_sub_append_message.lua
  local is_same_run = newest_run_id == run_id
  if is_same_run and offset < max_exact_integer then return history_epoch, offset + 1, oldest end
  return math.max(now, history_epoch + 1), 1, oldest
end
