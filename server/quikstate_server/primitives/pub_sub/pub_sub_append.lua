-- How a message is added to a channel's history.
-- KEYS:       as pub_sub_publish.lua says
-- ARGV:       as pub_sub_publish.lua says
-- defines:    append(history, live, payload), which returns the message's id
-- complexity: O(1), and what PUBLISH says
-- The id is epoch-offset. An epoch begins with a history, and with the first message of another run of Redis,
-- which may not have the end of it: what offsets those had nobody knows.
local call = redis.call
local run, most, age = ARGV[1]:sub(1, 12), ARGV[2], tonumber(ARGV[3])

local function next_id(history)
  if call('EXISTS', history) == 0 then return now, 1 end
  local info, last = call('XINFO', 'STREAM', history), {}
  for i = 1, #info, 2 do last[info[i]] = info[i + 1] end
  local epoch, offset = last['last-generated-id']:match('(%d+)-(%d+)')
  local entry = last['last-entry']
  if entry and entry[2][2] == run then return epoch, offset + 1 end
  return math.max(now, epoch + 1), 1
end

-- What is too old goes twice as fast as messages come; what is left of it then ends with the key.
local function append(history, live, payload)
  local epoch, offset = next_id(history)
  local id, time = string.format('%.0f-%.0f', epoch, offset), string.format('%.0f', now)
  call('XADD', history, 'MAXLEN', most, id, 'run', run, 'time', time, 'payload', payload)
  for _, old in ipairs(offset % 16 == 0 and call('XRANGE', history, '-', '+', 'COUNT', 32) or {}) do
    if (tonumber(old[2][4]) or 0) < now - age then call('XDEL', history, old[1]) end
  end
  call('PEXPIRE', history, string.format('%.0f', math.ceil(age / 1000)))
  call('PUBLISH', live, id .. ' ' .. time .. ' ' .. payload)
  return id
end
