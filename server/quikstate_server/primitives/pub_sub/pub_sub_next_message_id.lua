-- Determines the id of the next message in a channel's history: history_epoch-offset.
-- KEYS:       as pub_sub_publish.lua says
-- ARGV:       as pub_sub_publish.lua says
-- defines:    history_exists(history): true, false, or nil if the key holds another type;
--             next_message_id(history): history_epoch, offset and the oldest entry, or nil if no id is left
-- complexity: O(1)
-- An epoch ends when the history is deleted, and with the run of Redis that wrote the last entry: after a
-- restart or failover the end of the history may be lost, and nobody knows which offsets it had.
-- A raw client's entry may have an id that a double cannot tell from the next one. An epoch ends before such
-- an offset; after such an epoch no id is left.
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
  local same_run = newest and newest[2][2] == run_id
  if same_run and offset < max_exact_integer then return history_epoch, offset + 1, oldest end
  return math.max(now, history_epoch + 1), 1, oldest
end
