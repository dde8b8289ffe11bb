-- Puts a status over that of one user's connections.
-- KEYS:       as presence_user.lua says
-- ARGV:       [1..5] as presence_states.lua says; [6] override, 0 for none [7] ms it lasts, 0 until set again
-- returns:    {status, what states_of says}, or {} if the seed's key holds something else
-- complexity: O(m) for m connections of the user in workspaces
local u, lasts, touched = user_at(1), tonumber(ARGV[7]), {}
act(u)
u.o = {tonumber(ARGV[6]), lasts > 0 and now + lasts * 1000 or 0}
for _, connection in pairs(u.c) do
  for _, workspace in ipairs(connection[7]) do touched[workspace] = 0 end
end
local status = write(u)
return status and {status, states_of(u, touched)} or {}
