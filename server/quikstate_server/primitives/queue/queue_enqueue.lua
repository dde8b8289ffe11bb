-- Adds items to a queue, as far as there is room.
-- KEYS:       [1..11] as queue_state.lua says; [12] the request's memory, if it has an id
-- ARGV:       [1] most items [2] ms to remember the request [3] its fingerprint; then 8 an item: payload,
--             attributes, delay us, ttl us, most attempts, ordering key, dedup key, dedup window us
-- returns:    an item each: `new id`, `duplicate id` or `full`; none if the request's id was another's
-- complexity: O(k log n) for k items added to n
local most, memory, fingerprint, request = tonumber(ARGV[1]), ARGV[2], ARGV[3], KEYS[12]
local known, before, readable = {fingerprint, {}}, request and call('GET', request), true
if before then readable, known = pcall(cmsgpack.unpack, before) end
if not readable or type(known) ~= 'table' then return {} end
if known[1] ~= fingerprint then return {} end
local expired = sweep()
local count, added, answers = call('XLEN', items) - expired, 0, {}

local function add(number, payload, attributes, delay, ttl, attempts, key)
  local fields, expires = {'payload', payload, 'max_attempts', attempts}, ttl ~= '0' and now + ttl or 0
  local function put(name, value) fields[#fields + 1] = name; fields[#fields + 1] = value end
  if attributes ~= '' then put('attributes', attributes) end
  if expires > 0 then put('expires_at', string.format('%.0f', expires)) end
  if key ~= '' then put('ordering_key', key) end
  local id = append(fields, number)
  if not id then return 'full' end
  stand(id, key)
  if expires > 0 then call('ZADD', expiries, expires, id) end
  if delay ~= '0' then
    save(id, new_row(attempts, expires, key))
    call('ZADD', delayed, now + delay, id)
  end
  added = added + 1
  return 'new ' .. id
end

for number = 1, (#ARGV - 3) / 8 do
  local at, answer = 8 * number - 5, known[2][number]
  local key = ARGV[at + 7]
  if not answer or answer == 'full' then
    local first, full = key ~= '' and known_by(key), count + added >= most
    answer = first and 'duplicate ' .. first or full and 'full' or add(number, unpack(ARGV, at + 1, at + 6))
    if key ~= '' and answer:sub(1, 3) == 'new' then remember(key, answer:sub(5), tonumber(ARGV[at + 8])) end
  end
  answers[number] = answer
end
if request then call('SET', request, cmsgpack.pack({fingerprint, answers}), 'PX', memory) end
if added > 0 then ring(added) end
return answers
