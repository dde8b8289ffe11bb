-- How a message is added to a channel's history.
-- KEYS:       as pub_sub_publish.lua says
-- ARGV:       as pub_sub_publish.lua says
-- defines:    keeps(history): true, false, or nil where the key holds something else;
--             append(history, live, payload), which returns the message's id, or nil as well
-- complexity: O(1), and what PUBLISH says
-- The id is epoch-offset. An epoch begins with a history, and with the first message of another run of Redis,
-- which may not have the end of it: what offsets those had nobody knows. A raw client's entry may have an id
-- that no double tells from the next: an epoch ends before such an offset, and after such an epoch is nothing.
local call = redis.call
local run, most, age = ARGV[1]:sub(1, 12), ARGV[2], tonumber(ARGV[3])
local most_exact = 2 ^ 53 - 1

local function keeps(history)
  local kind = call('TYPE', history).ok
  if kind == 'stream' then return true end
  if kind == 'none' then return false end
  return nil
end

local function next_id(history)
  if not keeps(history) then return now, 1 end
  local info, last = call('XINFO', 'STREAM', history), {}
  for i = 1, #info, 2 do last[info[i]] = info[i + 1] end
  local epoch, offset = last['last-generated-id']:match('(%d+)-(%d+)')
  epoch, offset = tonumber(epoch), tonumber(offset)
  local entry = last['last-entry']
  if epoch >= most_exact then return nil end
  if entry and entry[2][2] == run and offset < most_exact then return epoch, offset + 1 end
  return math.max(now, epoch + 1), 1
end

-- What is too old goes twice as fast as messages come; what is left of it then ends with the key.
local function append(history, live, payload)
  local epoch, offset = next_id(history)
  if not epoch then return nil end
  local id, time = string.format('%.0f-%.0f', epoch, offset), string.format('%.0f', now)
  call('XADD', history, 'MAXLEN', most, id, 'run', run, 'time', time, 'payload', payload)
  for _, old in ipairs(offset % 16 == 0 and call('XRANGE', history, '-', '+', 'COUNT', 32) or {}) do
    if tonumber((old[2][4] or ''):match('^%d+$') or now) < now - age then call('XDEL', history, old[1]) end
  end
  call('PEXPIRE', history, string.format('%.0f', math.ceil(age / 1000)))
  call('PUBLISH', live, id .. ' ' .. time .. ' ' .. payload)
  return id
end
