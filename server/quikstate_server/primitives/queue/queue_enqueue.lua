-- Adds items to a queue, as far as there is room.
-- KEYS:       [1..7] as queue_state.lua says; then the memory of each dedup key, and the request's if it has one
-- ARGV:       [1] most items [2] ms to remember the request, 0 for none; then 7 an item: payload, attributes,
--             delay us, ttl us, most attempts, ordering key, dedup window ms or 0
-- returns:    an item each: `new id`, `duplicate id` or `full`
-- complexity: O(k log n) for k items added to n
local most, memory, each = tonumber(ARGV[1]), tonumber(ARGV[2]), 7
local request = memory > 0 and KEYS[#KEYS]
local known = cmsgpack.unpack(request and call('GET', request) or '\144')
local length, added, last_key, answers = call('XLEN', items), 0, 7, {}

local function add(number, payload, attributes, delay, ttl, attempts, key)
  local fields = {'payload', payload, 'max_attempts', attempts}
  local function put(name, value) fields[#fields + 1] = name; fields[#fields + 1] = value end
  if attributes ~= '' then put('attributes', attributes) end
  if ttl ~= '0' then put('expires_at', string.format('%.0f', now + ttl)) end
  if key ~= '' then put('ordering_key', key) end
  local id = append(fields, number)
  stand(id, key)
  if delay ~= '0' then
    call('ZADD', delayed, now + delay, id)
    call('HSET', deliveries, id, string.format('0 %s - %s', attempts, key))
  end
  length, added = length + 1, added + 1
  return 'new ' .. id
end

for number = 1, (#ARGV - 2) / each do
  local at = 2 + (number - 1) * each
  local window, dedup, first = ARGV[at + each], nil, nil
  if window ~= '0' then
    last_key, dedup = last_key + 1, KEYS[last_key + 1]
    first = call('GET', dedup)
  end
  if known[number] and known[number] ~= 'full' then answers[number] = known[number]
  elseif first then answers[number] = 'duplicate ' .. first
  elseif length >= most then answers[number] = 'full'
  else
    answers[number] = add(number, unpack(ARGV, at + 1, at + 6))
    if dedup then call('SET', dedup, answers[number]:sub(5), 'PX', window) end
  end
end
if request then call('SET', request, cmsgpack.pack(answers), 'PX', memory) end
if added > 0 then ring(added) end
return answers
