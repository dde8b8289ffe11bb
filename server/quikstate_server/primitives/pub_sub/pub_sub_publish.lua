-- Publishes messages: kept in the channel's history, or for those who listen now.
-- KEYS:       2 a message: [1] history [2] memory of its idempotency key, or the history again if it has none
-- ARGV:       [1] run id [2] most messages kept [3] µs a message is kept [4] ms to remember a key; then 4 a
--             message: channel, live channel, how ('durable', 'ephemeral' or '' as the channel is), payload
-- returns:    2 a message: its id, 'ephemeral' or 'refused'; 1 if its key was remembered
-- complexity: O(n) for n messages, and what PUBLISH says
-- Live comes before the mirror: who hears both learns first that the channel is durable.
local memory, answer = ARGV[4], {}
for i = 1, #KEYS / 2 do
  local history, remembered = KEYS[i * 2 - 1], KEYS[i * 2] ~= KEYS[i * 2 - 1] and KEYS[i * 2]
  local channel, live, how, payload = unpack(ARGV, i * 4 + 1, i * 4 + 4)
  local known = remembered and call('GET', remembered)
  local id = known or 'ephemeral'
  if not known then
    local kept = how == 'durable' or call('EXISTS', history) == 1
    if kept then id = how == 'ephemeral' and 'refused' or append(history, live, payload) end
    if id ~= 'refused' then call('PUBLISH', channel, payload) end
    if remembered and id ~= 'refused' then call('SET', remembered, id, 'PX', memory) end
  end
  answer[i * 2 - 1], answer[i * 2] = id, known and 1 or 0
end
return answer
