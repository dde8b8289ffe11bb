-- Connections live in workspaces: each has its TTL again.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6..] per workspace how many words follow, then per
--             connection 8: user, connection, status, ttl ms, stream, override, until µs, set µs
-- returns:    per workspace what finish of presence_change.lua says, or -1 if the seed's key holds something else
-- complexity: O(k log n) for k connections among n users
local answer, at = {}, 6
for i = 1, math.floor(#KEYS / 6) do
  local w, words = workspace(i), tonumber(ARGV[at])
  local kind = call('TYPE', w.online).ok
  answer[i] = -1
  if kind == 'none' or kind == 'zset' then
    begin(w)
    for each = at + 1, at + words, 8 do
      local user, connection = ARGV[each], ARGV[each + 1]
      local row, set = row_of(w, user), tonumber(ARGV[each + 7])
      row.c[connection] = {now + ARGV[each + 3] * 1000, tonumber(ARGV[each + 2]), ARGV[each + 4]}
      if set > row.o[3] then row.o = {tonumber(ARGV[each + 5]), tonumber(ARGV[each + 6]), set} end
      settle(w, user, row)
      if row.s ~= 1 then call('ZADD', w.online, math.floor(now / 1000000), user) end
    end
    answer[i] = finish(w)
  end
  at = at + words + 1
end
return answer
