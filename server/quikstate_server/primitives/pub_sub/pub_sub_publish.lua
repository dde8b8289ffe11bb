-- Publishes messages: kept in the channel's history, or for those who listen now.
-- KEYS:       2 a message: [1] history [2] memory of its idempotency key, or the history again if it has none
-- ARGV:       [1] run id [2] most messages kept [3] µs a message is kept [4] ms to remember a key; then 5 a
--             message: channel, live channel, how ('durable', 'ephemeral' or '' as the channel is), payload,
--             digest of it and of how, where it has a key
-- returns:    2 a message: its id, 'ephemeral', 'refused', 'reused' if its key was given to another message, or
--             'foreign' and the key that holds something else; 1 if its key was remembered
-- complexity: O(n) for n messages, and what PUBLISH says
-- Live comes before the mirror: who hears both learns first that the channel is durable.
local memory, answer = ARGV[4], {}

local function remembered_as(key, digest)
  local told = redis.pcall('GET', key)
  if not told then return nil end
  local id, was = (told.err and '' or told):match('^(%S+) (%x+)$')
  return not id and 'foreign' or was == digest and id or 'reused'
end

local function publish(history, channel, live, how, payload)
  local kept = keeps(history)
  if kept == nil then return 'foreign' end
  if not kept and how ~= 'durable' then return call('PUBLISH', channel, payload) and 'ephemeral' end
  if how == 'ephemeral' then return 'refused' end
  local id = append(history, live, payload)
  if not id then return 'foreign' end
  call('PUBLISH', channel, payload)
  return id
end

for i = 1, #KEYS / 2 do
  local history, memory_key = KEYS[i * 2 - 1], KEYS[i * 2]
  local channel, live, how, payload, digest = unpack(ARGV, i * 5, i * 5 + 4)
  local known = memory_key ~= history and remembered_as(memory_key, digest)
  local id = known or publish(history, channel, live, how, payload)
  if memory_key ~= history and not known and id:find('^[%de]') then
    call('SET', memory_key, id .. ' ' .. digest, 'PX', memory)
  end
  answer[i * 2 - 1] = id ~= 'foreign' and id or 'foreign ' .. (known and memory_key or history)
  answer[i * 2] = known and 1 or 0
end
return answer
