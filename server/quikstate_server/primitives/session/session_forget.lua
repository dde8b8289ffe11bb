-- Takes sessions from the list that are over, unless they were listed just now and are still being written.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1] us that a session may take to be written; [2..] pairs: handle, what ids says of it
-- returns:    nothing
-- complexity: O(k log n) for k of n sessions
local before = now - ARGV[1]
for i = 2, #ARGV, 2 do
  local since = tonumber(ARGV[i + 1]:match('^listed (%d+)') or 0)
  if since <= before then forget(ARGV[i], ARGV[i + 1]) end
end
