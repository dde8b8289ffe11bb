-- Publishes messages: durable ones into the channel's history, ephemeral ones to the current subscribers.
-- KEYS:       2 per message: [1] history [2] stored reply, or the history again without an idempotency key
-- ARGV:       [1] run id [2] max messages of a history [3] µs a message is kept [4] ms to store the replies;
--             then 5 per message: raw channel, live channel, durability ('durable', 'ephemeral', or '' as the
--             channel is), payload, fingerprint of both if it has an idempotency key
-- returns:    2 per message: its id, 'ephemeral', 'refused', 'reused' if its idempotency key was used for
--             another message, or 'wrong_type' and the key that holds another type, or whose history has no
--             id left; 1 for a duplicate, else 0
-- uses:       pub_sub_next_message_id.lua: call, history_exists; pub_sub_append_message.lua: append_message
-- complexity: O(n) for n messages, and the complexity of PUBLISH
-- The live channel comes before the raw one: a listener of both learns first that the channel is durable.
local reply_ms, reply = ARGV[4], {}

local function read_stored_reply(reply_key, fingerprint)
  local value = redis.pcall('GET', reply_key)
  if not value then return nil end
  local id, stored_fingerprint = (value.err and '' or value):match('^(%S+) (%x+)$')
  if not id then return 'wrong_type' end
  return stored_fingerprint == fingerprint and id or 'reused'
end

local function publish(history, raw_channel, live_channel, durability, payload)
  local exists = history_exists(history)
  if exists == nil then return 'wrong_type' end
  if not exists and durability ~= 'durable' then
    call('PUBLISH', raw_channel, payload)
    return 'ephemeral'
  end
  if durability == 'ephemeral' then return 'refused' end

  local id = append_message(history, live_channel, payload)
  if not id then return 'wrong_type' end
  call('PUBLISH', raw_channel, payload)
  return id
end

for i = 1, #KEYS / 2 do
  local history, reply_key = KEYS[i * 2 - 1], KEYS[i * 2]
  local raw_channel, live_channel, durability, payload, fingerprint = unpack(ARGV, i * 5, i * 5 + 4)
  local is_stored = reply_key ~= history
  local stored_reply = is_stored and read_stored_reply(reply_key, fingerprint)
  local result = stored_reply or publish(history, raw_channel, live_channel, durability, payload)
  if is_stored and not stored_reply and result:find('^[%de]') then  -- an id or 'ephemeral'
    call('SET', reply_key, result .. ' ' .. fingerprint, 'PX', reply_ms)
  end
  if result == 'wrong_type' then result = 'wrong_type ' .. (stored_reply and reply_key or history) end
  reply[i * 2 - 1], reply[i * 2] = result, stored_reply and 1 or 0
end
return reply
