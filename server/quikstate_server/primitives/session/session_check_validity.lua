-- Says which of a user's sessions were not revoked, and which of them the index has.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       [1..4] of the first session: its handle, id, device, the instant from which it is valid; [5..]
--             of others
-- returns:    {0 if the session was revoked, 1 if it is valid, 2 if the index has it too, …}
-- uses:       session_user_index.lua: call, is_valid
-- complexity: O(k log n) for k sessions among n marks
local states = {}
for i = 1, #ARGV, 4 do
  local handle, id, device, valid_from = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local record = call('HGET', ids, handle)
  local is_indexed = record and record:match('^%a+ %d+ (.+)$') == id and call('ZSCORE', sessions, handle)
  local state = 0
  if is_valid(handle, device, valid_from) then state = is_indexed and 2 or 1 end
  states[#states + 1] = state
end
return states
