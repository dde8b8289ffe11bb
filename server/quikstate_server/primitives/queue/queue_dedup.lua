-- Remembers which item a dedup key stands for, until the key's window ends.
-- KEYS:       [10] dedup [11] windows, and those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    dedup; item_of_dedup_key(key), an id or nil; remember_dedup_key(key, id, window us);
--             mark_dedup_key_settled(id); move_dedup_key(id, new_id)
-- uses:       queue_keys.lua: call, expiries, entry_of
-- complexity: O(log n) for n items
--
-- dedup       hash    `=` and key: id of its item, then ` settled` once it is; `#` and id: its key
-- windows     zset    key by the instant its window ends
local dedup, windows = KEYS[10], KEYS[11]

-- A key stands for an item that exists or was settled, not for one that was purged, deleted or has expired.
local function item_of_dedup_key(key)
  local id, settled = (call('HGET', dedup, '=' .. key) or ''):match('^([%d-]+)(.*)$')
  if not id or tonumber(call('ZSCORE', windows, key) or 0) <= now then return nil end
  local expires_at = tonumber(call('ZSCORE', expiries, id) or math.huge)
  return (settled ~= '' or (expires_at > now and entry_of(id))) and id
end

local function forget_dedup_key(key)
  local id = (call('HGET', dedup, '=' .. key) or ''):match('^[%d-]+')
  call('HDEL', dedup, '=' .. key, '#' .. (id or ''))
  call('ZREM', windows, key)
end

-- Each call also forgets two keys whose window is over. The hashes expire with their longest window.
local function remember_dedup_key(key, id, window)
  local over = call('ZRANGE', windows, '-inf', now, 'BYSCORE', 'LIMIT', 0, 2)
  for _, old_key in ipairs(over) do forget_dedup_key(old_key) end
  forget_dedup_key(key)
  call('HSET', dedup, '=' .. key, id, '#' .. id, key)
  call('ZADD', windows, now + window, key)
  local ms = math.ceil(window / 1000)
  for _, name in ipairs({dedup, windows}) do
    if call('PTTL', name) < ms then call('PEXPIRE', name, ms) end
  end
end

local function mark_dedup_key_settled(id)
  local key = call('HGET', dedup, '#' .. id)
  if key then call('HSET', dedup, '=' .. key, id .. ' settled') end
end

local function move_dedup_key(id, new_id)
  local key = call('HGET', dedup, '#' .. id)
  if not key then return end
  call('HDEL', dedup, '#' .. id)
  call('HSET', dedup, '=' .. key, new_id, '#' .. new_id, key)
end
