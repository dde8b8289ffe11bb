-- Removes ended sessions from the index, except those whose write may still be under way.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       [1] us that the write of a session may take; [2..] pairs: handle, record
-- returns:    nothing
-- uses:       session_user_index.lua: remove_from_index
-- complexity: O(k log n) for k of n sessions
local registered_before = now - ARGV[1]
for i = 2, #ARGV, 2 do
  local handle, record = ARGV[i], ARGV[i + 1]
  local registered_at = tonumber(record:match('^listed (%d+)') or 0)
  if registered_at <= registered_before then remove_from_index(handle, record) end
end
