-- Which item a dedup key stands for, until its window ends.
-- KEYS:       [10] dedup [11] windows, and those of queue_state.lua
-- ARGV:       none of its own
-- defines:    known_by(key), an item's id or nil; remember(key, id, window us); was_settled(id);
--             was_redriven(id, new id)
-- complexity: O(log n) for n items
--
-- dedup       hash    `=` and key: its item's id, and ` settled` once that is so; `#` and id: its key
-- windows     zset    key by the instant its window ends
local dedup, windows = KEYS[10], KEYS[11]

-- It stands for one that is there or was settled, and for none that was purged, deleted or has expired.
local function known_by(key)
  local id, settled = (call('HGET', dedup, '=' .. key) or ''):match('^([%d-]+)(.*)$')
  if not id or tonumber(call('ZSCORE', windows, key) or 0) <= now then return nil end
  local expires = tonumber(call('ZSCORE', expiries, id) or math.huge)
  return (settled ~= '' or (expires > now and entry_of(id))) and id
end

local function free(key)
  local id = (call('HGET', dedup, '=' .. key) or ''):match('^[%d-]+')
  call('HDEL', dedup, '=' .. key, '#' .. (id or ''))
  call('ZREM', windows, key)
end

local function remember(key, id, window)
  for _, over in ipairs(call('ZRANGE', windows, '-inf', now, 'BYSCORE', 'LIMIT', 0, 2)) do free(over) end
  free(key)
  call('HSET', dedup, '=' .. key, id, '#' .. id, key)
  call('ZADD', windows, now + window, key)
  local ms = math.ceil(window / 1000)
  for _, kept in ipairs({dedup, windows}) do if call('PTTL', kept) < ms then call('PEXPIRE', kept, ms) end end
end

local function was_settled(id)
  local key = call('HGET', dedup, '#' .. id)
  if key then call('HSET', dedup, '=' .. key, id .. ' settled') end
end

local function was_redriven(id, new)
  local key = call('HGET', dedup, '#' .. id)
  if not key then return end
  call('HDEL', dedup, '#' .. id)
  call('HSET', dedup, '=' .. key, new, '#' .. new, key)
end
