-- Publishes messages: durable ones into the channel's history, ephemeral ones to the current subscribers.
-- KEYS:       2 per message: [1] history [2] record of its idempotency key, or the history again without one
-- ARGV:       [1] run id [2] max messages of a history [3] µs a message is kept [4] ms a record is kept;
--             then 5 per message: raw channel, live channel, durability ('durable', 'ephemeral', or '' as the
--             channel is), payload, digest of payload and durability if it has an idempotency key
-- returns:    2 per message: its id, 'ephemeral', 'refused', 'reused' if its idempotency key was used for
--             another message, or 'conflict' and the key that holds another type; 1 for a duplicate, else 0
-- uses:       pub_sub_next_message_id.lua: call, history_exists; pub_sub_append_message.lua: append_message
-- complexity: O(n) for n messages, and the complexity of PUBLISH
-- The live channel comes before the raw one: a listener of both learns first that the channel is durable.
local record_ms, reply = ARGV[4], {}

local function recorded_result(record, digest)
  local value = redis.pcall('GET', record)
  if not value then return nil end
  local id, recorded_digest = (value.err and '' or value):match('^(%S+) (%x+)$')
  if not id then return 'conflict' end
  return recorded_digest == digest and id or 'reused'
end

local function publish(history, raw_channel, live_channel, durability, payload)
  local exists = history_exists(history)
  if exists == nil then return 'conflict' end
  if not exists and durability ~= 'durable' then
    call('PUBLISH', raw_channel, payload)
    return 'ephemeral'
  end
  if durability == 'ephemeral' then return 'refused' end

  local id = append_message(history, live_channel, payload)
  if not id then return 'conflict' end
  call('PUBLISH', raw_channel, payload)
  return id
end

for i = 1, #KEYS / 2 do
  local history, record = KEYS[i * 2 - 1], KEYS[i * 2]
  local raw_channel, live_channel, durability, payload, digest = unpack(ARGV, i * 5, i * 5 + 4)
  local has_record = record ~= history
  local recorded = has_record and recorded_result(record, digest)
  local result = recorded or publish(history, raw_channel, live_channel, durability, payload)
  if has_record and not recorded and result:find('^[%de]') then
    call('SET', record, result .. ' ' .. digest, 'PX', record_ms)
  end
  if result == 'conflict' then result = 'conflict ' .. (recorded and record or history) end
  reply[i * 2 - 1], reply[i * 2] = result, recorded and 1 or 0
end
return reply
