-- Overrides the status of one user's connections.
-- KEYS:       as in presence_user.lua
-- ARGV:       [1..5] as in presence_workspace_states.lua; [6] override, 0 for none [7] ms that it lasts, 0
--             until it is set again
-- uses:       presence_user.lua: load_user, begin_update, save_user, WORKSPACES;
--             presence_workspace_states.lua: pack_states
-- returns:    {status, pack_states}, or {} if the legacy key holds a value of another type
-- complexity: O(m) for m connections of the user in workspaces
local user, ttl, touched = load_user(1), tonumber(ARGV[7]), {}
begin_update(user)
user.o = {tonumber(ARGV[6]), ttl > 0 and now + ttl * 1000 or 0}
for _, connection in pairs(user.c) do
  for _, workspace in ipairs(connection[WORKSPACES]) do touched[workspace] = 0 end
end
local status = save_user(user)
return status and {status, pack_states(user, touched)} or {}
