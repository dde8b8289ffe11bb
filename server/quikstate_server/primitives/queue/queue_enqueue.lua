-- Adds items to a queue, until it is full.
-- KEYS:       [1..11] as queue_keys.lua says; [12] the stored reply, if the request has an id
-- ARGV:       [1] max items in the queue [2] ms to store the reply [3] fingerprint of the request; then
--             8 an item: payload, attributes, delay us, ttl us, max attempts, ordering key, dedup key, dedup
--             window us
-- returns:    a result an item: `new id`, `duplicate id` or `full`; none if another request had the id before
-- uses:       queue_keys.lua: call, the keys, wake_waiters; queue_rows.lua: new_row, save_row;
--             queue_ordering_keys.lua: add_to_ordering_key; queue_expiry.lua: delete_expired_items;
--             queue_append.lua: append_entry; queue_dedup.lua: item_of_dedup_key, remember_dedup_key
-- complexity: O(k log n) for k items added to n
local max_length, reply_ms, fingerprint, reply_key = tonumber(ARGV[1]), ARGV[2], ARGV[3], KEYS[12]
local packed, stored_reply, is_readable = reply_key and call('GET', reply_key), {fingerprint, {}}, true
if packed then is_readable, stored_reply = pcall(cmsgpack.unpack, packed) end
if not is_readable or type(stored_reply) ~= 'table' or stored_reply[1] ~= fingerprint then return {} end

local expired_left = delete_expired_items()
local length, added, results = call('XLEN', items) - expired_left, 0, {}

local function add_field(fields, name, value) fields[#fields + 1], fields[#fields + 2] = name, value end

local function fields_of(payload, attributes, max_attempts, expires_at, ordering_key)
  local fields = {'payload', payload, 'max_attempts', max_attempts}
  if attributes ~= '' then add_field(fields, 'attributes', attributes) end
  if expires_at > 0 then add_field(fields, 'expires_at', string.format('%.0f', expires_at)) end
  if ordering_key ~= '' then add_field(fields, 'ordering_key', ordering_key) end
  return fields
end

local function add_item(number, payload, attributes, delay, ttl, max_attempts, ordering_key)
  local expires_at = ttl ~= '0' and now + ttl or 0
  local id = append_entry(fields_of(payload, attributes, max_attempts, expires_at, ordering_key), number)
  if not id then return 'full' end
  add_to_ordering_key(id, ordering_key)
  if expires_at > 0 then call('ZADD', expiries, expires_at, id) end
  if delay ~= '0' then
    save_row(id, new_row(max_attempts, expires_at, ordering_key))
    call('ZADD', delayed, now + delay, id)
  end
  added = added + 1
  return 'new ' .. id
end

local function enqueue_item(number, at)
  local dedup_key, window = ARGV[at + 7], tonumber(ARGV[at + 8])
  local first = dedup_key ~= '' and item_of_dedup_key(dedup_key)
  if first then return 'duplicate ' .. first end
  if length + added >= max_length then return 'full' end
  local result = add_item(number, unpack(ARGV, at + 1, at + 6))
  if dedup_key ~= '' and result ~= 'full' then remember_dedup_key(dedup_key, result:sub(5), window) end
  return result
end

for number = 1, (#ARGV - 3) / 8 do
  local earlier = stored_reply[2][number]
  results[number] = earlier and earlier ~= 'full' and earlier or enqueue_item(number, 8 * number - 5)
end
if reply_key then call('SET', reply_key, cmsgpack.pack({fingerprint, results}), 'PX', reply_ms) end
if added > 0 then wake_waiters(added) end
return results
