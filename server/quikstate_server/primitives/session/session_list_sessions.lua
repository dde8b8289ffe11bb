-- Reads a page of a user's index.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       [1] handle of the last entry of the page before, or '' [2] instant at which that session ends
--             [3] max entries
-- returns:    {handle, record, instant at which it ends for good, …}
-- uses:       session_user_index.lua: call, format_integer
-- complexity: O(m + log n) for m entries of n
local after, after_ends_at, max_entries = ARGV[1], ARGV[2], ARGV[3]
local rank = after == '' and -1 or call('ZRANK', sessions, after)
-- Where the last entry is gone, its end says where it was.
rank = rank or call('ZCOUNT', sessions, '-inf', after_ends_at) - 1

local page = call('ZRANGE', sessions, rank + 1, rank + max_entries, 'WITHSCORES')
local reply = {}
for i = 1, #page, 2 do
  local handle, ends_at = page[i], tonumber(page[i + 1])
  reply[#reply + 1] = handle
  reply[#reply + 1] = call('HGET', ids, handle) or ''
  reply[#reply + 1] = format_integer(math.max(0, math.min(ends_at, 2 ^ 53)))
end
return reply
