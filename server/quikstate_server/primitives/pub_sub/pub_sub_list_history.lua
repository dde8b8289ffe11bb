-- Reads messages of a channel's history, and the id of the last one.
-- KEYS:       [1] history
-- ARGV:       [1] the id to begin after, or '' [2] max messages [3] max bytes of their payloads; a larger
--             message is read alone [4] µs a message is kept [5] the id to stop before, or ''
--             [6] 1 for newest first [7] max bytes of one payload
-- returns:    {id of the last message or '', id to read on from or '', then 3 per message: id, time, payload}
-- complexity: O(n) for n entries examined, at most 1,000 or 4 MB; some have expired or are a raw client's
local history, max_messages, bytes_left = KEYS[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local oldest_time, max_payload_bytes = now - tonumber(ARGV[4]), tonumber(ARGV[7])
local from, to = ARGV[1] == '' and '-' or '(' .. ARGV[1], ARGV[5] == '' and '+' or '(' .. ARGV[5]
local newest_first, max_id = ARGV[6] == '1', '18446744073709551615-18446744073709551615'
local call, chunk, examinations_left = redis.call, 20, 1000
local reply = {'', ''}
if call('EXISTS', history) == 0 then return reply end

local info = call('XINFO', 'STREAM', history)
for i = 1, #info, 2 do
  if info[i] == 'last-generated-id' then reply[1] = info[i + 1] end
end

-- An entry with another time than the digits of a date is a raw client's.
local function is_message(time, payload)
  return time and payload and #time <= 17 and time:find('^%d+$') and tonumber(time) >= oldest_time
    and #payload <= max_payload_bytes
end

local last_examined
-- Redis rejects these two as ends of a range.
while examinations_left > 0 and from ~= '(' .. max_id and to ~= '(0-0' do
  local entries = newest_first and call('XREVRANGE', history, to, from, 'COUNT', chunk)
    or call('XRANGE', history, from, to, 'COUNT', chunk)
  for _, entry in ipairs(entries) do
    local time, payload = entry[2][4], entry[2][6]
    if is_message(time, payload) then
      bytes_left = bytes_left - #payload
      if #reply >= max_messages * 3 + 2 or (bytes_left < 0 and #reply > 2) then
        reply[2] = last_examined
        return reply
      end
      for _, part in ipairs({entry[1], time, payload}) do reply[#reply + 1] = part end
    end
    last_examined, examinations_left = entry[1], examinations_left - 1 - #(payload or '') / 4096
  end
  if #entries < chunk then return reply end
  if newest_first then to = '(' .. last_examined else from = '(' .. last_examined end
end
if examinations_left <= 0 then reply[2] = last_examined end
return reply
