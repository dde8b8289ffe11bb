-- Connections leave workspaces, at once or when their grace is over.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6..] per workspace how many words follow, then per
--             connection 4: user, connection or '' for all, grace ms, stream or '' for any
-- returns:    per workspace what finish of presence_change.lua says
-- complexity: O(k log n) for k connections among n users
local answer, at = {}, 6
for i = 1, math.floor(#KEYS / 6) do
  local w, words = workspace(i), tonumber(ARGV[at])
  begin(w)
  for each = at + 1, at + words, 4 do
    local user, connection, stream = ARGV[each], ARGV[each + 1], ARGV[each + 3]
    local row = row_of(w, user)
    for id, about in pairs(row.c) do
      if (connection == '' or connection == id) and (stream == '' or stream == about[3]) then
        about[1] = math.min(about[1], now + ARGV[each + 2] * 1000)
      end
    end
    settle(w, user, row)
  end
  answer[i] = finish(w)
  at = at + words + 1
end
return answer
