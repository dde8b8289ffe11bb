-- Tells which of a user's sessions were not revoked.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1..4] of the first session: its handle, id, device, the instant from which it is valid; [5..]
--             of others
-- returns:    {0 if it was revoked, 1 if it stands, 2 if it is also listed, …}
-- complexity: O(k log n) for k sessions among n marks
local standing = {}
for i = 1, #ARGV, 4 do
  local handle, id, device, stamp = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local about = call('HGET', ids, handle)
  local listed = about and about:match('^%a+ %d+ (.+)$') == id and call('ZSCORE', sessions, handle)
  standing[#standing + 1] = stands(handle, device, stamp) and (listed and 2 or 1) or 0
end
return standing
