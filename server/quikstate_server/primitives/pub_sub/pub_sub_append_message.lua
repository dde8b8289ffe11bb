-- Adds a message to a channel's history and publishes it on the live channel.
-- KEYS:       as pub_sub_publish.lua says
-- ARGV:       as pub_sub_publish.lua says
-- defines:    append_message(history, live_channel, payload): the message's id, or nil if no id is left
-- uses:       pub_sub_next_message_id.lua: call, run_id, next_message_id
-- complexity: O(1), O(32) every 16 messages while the oldest has expired, and the complexity of PUBLISH
-- Two expired entries are deleted for each message added. The rest expire with the key.
local max_messages, max_age = ARGV[2], tonumber(ARGV[3])

-- The fields of an entry are run, time and payload. A raw client's entry may have others.
local function has_expired(entry, if_time_unknown)
  local time = (entry[2][4] or ''):match('^%d+$')
  if not time then return if_time_unknown end
  return tonumber(time) < now - max_age
end

local function append_message(history, live_channel, payload)
  local history_epoch, offset, oldest = next_message_id(history)
  if not history_epoch then return nil end
  local id, time = string.format('%.0f-%.0f', history_epoch, offset), string.format('%.0f', now)
  call('XADD', history, 'MAXLEN', max_messages, id, 'run', run_id, 'time', time, 'payload', payload)

  if oldest and offset % 16 == 0 and has_expired(oldest, true) then
    for _, entry in ipairs(call('XRANGE', history, '-', '+', 'COUNT', 32)) do
      if has_expired(entry, false) then call('XDEL', history, entry[1]) end
    end
  end

  call('PEXPIRE', history, string.format('%.0f', math.ceil(max_age / 1000)))
  call('PUBLISH', live_channel, id .. ' ' .. time .. ' ' .. payload)
  return id
end
