-- Adds items to a queue, as far as there is room.
-- KEYS:       [1..11] as queue_state.lua says; [12] the request's memory, if it has an id
-- ARGV:       [1] most items [2] ms to remember the request [3] its fingerprint; then 8 an item: payload,
--             attributes, delay us, ttl us, most attempts, ordering key, dedup key, dedup window us
-- returns:    an item each: `new id`, `duplicate id` or `full`; none if the request's id was another's
-- complexity: O(k log n) for k items added to n
local most, memory, fingerprint, request = tonumber(ARGV[1]), ARGV[2], ARGV[3], KEYS[12]
local known, before = {fingerprint, {}}, request and call('GET', request)
if before then
  local readable, told = pcall(cmsgpack.unpack, before)
  known = readable and type(told) == 'table' and told or {}
  if known[1] ~= fingerprint then return {} end
end
sweep()
local count, added, answers = length(), 0, {}

local function add(number, payload, attributes, delay, ttl, attempts, key)
  local row = {attempts = 0, most = attempts, receipt = '-', expires = 0, after = '0-0', key = key}
  local fields = {'payload', payload, 'max_attempts', attempts}
  local function put(name, value) fields[#fields + 1] = name; fields[#fields + 1] = value end
  if attributes ~= '' then put('attributes', attributes) end
  if ttl ~= '0' then row.expires = now + ttl; put('expires_at', string.format('%.0f', row.expires)) end
  if key ~= '' then put('ordering_key', key) end
  local id = append(fields, number)
  if not id then return 'full' end
  stand(id, key)
  if ttl ~= '0' then call('ZADD', expiries, row.expires, id) end
  if delay ~= '0' then save(id, row); call('ZADD', delayed, now + delay, id) end
  count, added = count + 1, added + 1
  return 'new ' .. id
end

for number = 1, (#ARGV - 3) / 8 do
  local at, answer = 8 * number - 5, known[2][number]
  local key = ARGV[at + 7]
  if not answer or answer == 'full' then
    local first, full = key ~= '' and known_by(key), count >= most
    answer = first and 'duplicate ' .. first or full and 'full' or add(number, unpack(ARGV, at + 1, at + 6))
    if key ~= '' and answer:sub(1, 3) == 'new' then remember(key, answer:sub(5), tonumber(ARGV[at + 8])) end
  end
  answers[number] = answer
end
if request then call('SET', request, cmsgpack.pack({fingerprint, answers}), 'PX', memory) end
if added > 0 then ring(added) end
return answers
