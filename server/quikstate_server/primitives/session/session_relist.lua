-- Lists a session that is there under the id it has now, unless it was revoked.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1] handle [2] session id [3] device [4] instant from which it is valid [5] instant it ends
--             for good
-- returns:    1 if it stands, else 0
-- complexity: O(log n) for n sessions
local handle, id, device, stamp, ends = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
if not stands(handle, device, stamp) then return 0 end
call('ZADD', sessions, text(ends), handle)
call('HSET', ids, handle, 'written ' .. text(stamp) .. ' ' .. id)
last(sessions, ends)
last(ids, ends)
return 1
