-- How a message is added to a channel's history.
-- KEYS:       as pub_sub_publish.lua says
-- ARGV:       as pub_sub_publish.lua says
-- defines:    append(history, live, payload), which returns the message's id, or nil as next_id does
-- complexity: O(1), O(32) every 16 messages while the oldest is too old, and what PUBLISH says
-- What is too old goes twice as fast as messages come; what is left of it then ends with the key.
local most, age = ARGV[2], tonumber(ARGV[3])

local function is_old(entry, otherwise)
  local time = (entry[2][4] or ''):match('^%d+$')
  return time and tonumber(time) < now - age or not time and otherwise
end

local function append(history, live, payload)
  local epoch, offset, first = next_id(history)
  if not epoch then return nil end
  local id, time = string.format('%.0f-%.0f', epoch, offset), string.format('%.0f', now)
  call('XADD', history, 'MAXLEN', most, id, 'run', run, 'time', time, 'payload', payload)
  local look = first and offset % 16 == 0 and is_old(first, true)
  for _, old in ipairs(look and call('XRANGE', history, '-', '+', 'COUNT', 32) or {}) do
    if is_old(old, false) then call('XDEL', history, old[1]) end
  end
  call('PEXPIRE', history, string.format('%.0f', math.ceil(age / 1000)))
  call('PUBLISH', live, id .. ' ' .. time .. ' ' .. payload)
  return id
end
