-- Reads messages of a channel's history, and the place of the last one.
-- KEYS:       [1] history
-- ARGV:       [1] the id after which to begin, or '' [2] most messages [3] most bytes of them, but for one
--             [4] µs a message is kept [5] the id to stop before, or '' [6] 1 to begin with the newest
-- returns:    {id of the last message or '', id from where to read on or '', then 3 a message: id, time, payload}
-- complexity: O(n) for n entries looked at, at most LOOKS: what is too old or a raw client's is passed over
local history, most, bytes, oldest = KEYS[1], tonumber(ARGV[2]), tonumber(ARGV[3]), now - tonumber(ARGV[4])
local from, to = ARGV[1] == '' and '-' or '(' .. ARGV[1], ARGV[5] == '' and '+' or '(' .. ARGV[5]
local newest_first, last_id = ARGV[6] == '1', '18446744073709551615-18446744073709551615'
local call, step, looks = redis.call, 20, 1000
if call('EXISTS', history) == 0 then return {'', ''} end
local info = call('XINFO', 'STREAM', history)
local answer = {'', ''}
for i = 1, #info, 2 do
  if info[i] == 'last-generated-id' then answer[1] = info[i + 1] end
end
-- The time is a number of as many digits as a date has, or a raw client's.
local function is_message(time, payload)
  return time and payload and #time <= 17 and time:find('^%d+$') and tonumber(time) >= oldest
end
local seen = ''
while from ~= '(' .. last_id and to ~= '(0-0' do -- Redis takes neither for the end of a range
  local read = newest_first and call('XREVRANGE', history, to, from, 'COUNT', step)
    or call('XRANGE', history, from, to, 'COUNT', step)
  for _, entry in ipairs(read) do
    local time, payload = entry[2][4], entry[2][6]
    if is_message(time, payload) then
      bytes = bytes - #payload
      if #answer >= most * 3 + 2 or (bytes < 0 and #answer > 2) then
        answer[2] = seen
        return answer
      end
      for _, part in ipairs({entry[1], time, payload}) do answer[#answer + 1] = part end
    end
    seen = entry[1]
  end
  if #read < step then return answer end
  looks = looks - step
  if looks <= 0 then
    answer[2] = seen
    return answer
  end
  if newest_first then to = '(' .. seen else from = '(' .. seen end
end
return answer
