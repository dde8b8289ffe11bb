-- Adds a session that exists to its user's index, under the id it has now, unless it was revoked.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       [1] handle [2] session id [3] device [4] instant from which it is valid [5] instant at which
--             it ends for good
-- returns:    1 if the session is valid, else 0
-- uses:       session_user_index.lua: call, format_integer, is_valid, keep_until
-- complexity: O(log n) for n sessions
local handle, id, device = ARGV[1], ARGV[2], ARGV[3]
local valid_from, ends_at = tonumber(ARGV[4]), tonumber(ARGV[5])
if not is_valid(handle, device, valid_from) then return 0 end

call('ZADD', sessions, format_integer(ends_at), handle)
call('HSET', ids, handle, 'written ' .. format_integer(valid_from) .. ' ' .. id)
keep_until(sessions, ends_at)
keep_until(ids, ends_at)
return 1
