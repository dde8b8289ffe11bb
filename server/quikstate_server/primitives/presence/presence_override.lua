-- A status is put over that of a user's connections in workspaces.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6] user [7] override [8] until µs [9] set µs
-- returns:    per workspace what finish of presence_change.lua says
-- complexity: O(k log n) for k workspaces of n users
local user, set, answer = ARGV[6], tonumber(ARGV[9]), {}
for i = 1, math.floor(#KEYS / 6) do
  local w = workspace(i)
  local row = row_of(w, user)
  answer[i] = 0
  if set > row.o[3] and call('HEXISTS', w.members, user) == 1 then
    begin(w)
    row.o = {tonumber(ARGV[7]), tonumber(ARGV[8]), set}
    settle(w, user, row)
    if row.s ~= 1 then call('ZADD', w.online, 'NX', math.floor(now / 1000000), user) end
    answer[i] = finish(w)
  end
end
return answer
