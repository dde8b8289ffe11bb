-- Reads a page of a user's list.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1] the last row of the page before, or '' [2] the instant at which that session ends [3] rows
-- returns:    {handle, what ids says, the instant it ends for good, …}
-- complexity: O(m + log n) for m rows of n
local after, ended, count = ARGV[1], ARGV[2], ARGV[3]
local rank = after == '' and -1 or call('ZRANK', sessions, after)
rank = rank or call('ZCOUNT', sessions, '-inf', ended) - 1
local found = call('ZRANGE', sessions, rank + 1, rank + count, 'WITHSCORES')
local rows = {}
for i = 1, #found, 2 do
  rows[#rows + 1] = found[i]
  rows[#rows + 1] = call('HGET', ids, found[i]) or ''
  rows[#rows + 1] = text(math.max(0, math.min(tonumber(found[i + 1]), 2 ^ 53)))
end
return rows
