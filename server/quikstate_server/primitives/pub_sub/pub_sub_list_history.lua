-- Reads messages of a channel's history, and the place of the last one.
-- KEYS:       [1] history
-- ARGV:       [1] the id after which to begin, or '' [2] most messages [3] most bytes of them, but for one
--             [4] µs a message is kept [5] the id to stop before, or '' [6] 1 to begin with the newest
-- returns:    {id of the last message or '', 1 if there may be more, then 3 a message: id, time, payload}
-- complexity: O(n) for n messages read
local history, most, bytes, oldest = KEYS[1], tonumber(ARGV[2]), tonumber(ARGV[3]), now - tonumber(ARGV[4])
local from, to = ARGV[1] == '' and '-' or '(' .. ARGV[1], ARGV[5] == '' and '+' or '(' .. ARGV[5]
local newest_first = ARGV[6] == '1'
local call, step = redis.call, 20
if call('EXISTS', history) == 0 then return {'', 0} end
local info = call('XINFO', 'STREAM', history)
local answer = {'', 0}
for i = 1, #info, 2 do
  if info[i] == 'last-generated-id' then answer[1] = info[i + 1] end
end
while true do
  local read = newest_first and call('XREVRANGE', history, to, from, 'COUNT', step)
    or call('XRANGE', history, from, to, 'COUNT', step)
  for _, entry in ipairs(read) do
    local time, payload = tonumber(entry[2][4]), entry[2][6]
    if time and payload and time >= oldest then
      bytes = bytes - #payload
      if #answer >= most * 3 + 2 or (bytes < 0 and #answer > 2) then
        answer[2] = 1
        return answer
      end
      for _, part in ipairs({entry[1], entry[2][4], payload}) do answer[#answer + 1] = part end
    end
    if newest_first then to = '(' .. entry[1] else from = '(' .. entry[1] end
  end
  if #read < step then return answer end
end
