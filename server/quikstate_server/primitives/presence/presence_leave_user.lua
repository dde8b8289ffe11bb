-- Connections of one user end, at once or when their grace is over.
-- KEYS:       as presence_user.lua says
-- ARGV:       [1] as presence_user.lua says; [2] connection or '' for all [3] grace ms
--             [4] stream or '' for any
-- returns:    {how many there were, {workspace, …}}
-- complexity: O(c) for c connections of the user
local u, ended = user_at(1), {c = {}}
prune(u)
local count = 0
for id, connection in pairs(u.c) do
  if (ARGV[2] == '' or ARGV[2] == id) and (ARGV[4] == '' or ARGV[4] == connection[6]) then
    connection[1] = math.min(connection[1], now + ARGV[3] * 1000)
    ended.c[id], count = connection, count + 1
  end
end
local workspaces = workspaces_of(ended)
if count > 0 then write(u) end
return {count, workspaces}
