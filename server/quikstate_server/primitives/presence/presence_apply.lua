-- What users' own rows say of workspaces becomes so there, unless something later came before.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6] ms to know who left [7..] per workspace how many
--             words follow, then per user 3: user, 1 if seen there now, state as presence_states.lua says
-- returns:    per workspace what finish of presence_change.lua says, -1 if the seed's key is no sorted set
-- complexity: O(m + k log n) for k users with m connections, among n users

local function merge(row, state)
  for id, connection in pairs(state.c) do
    local known = row.c[id]
    connection[1] = known and known[3] == connection[3] and known[1] or now + connection[1]
  end
  row.c, row.o, row.v, row.keep = state.c, state.o, state.v, now + ARGV[6] * 1000
end

local answer, at = {}, 7
for i = 1, math.floor(#KEYS / 6) do
  local w, words = workspace(i), tonumber(ARGV[at])
  local kind = call('TYPE', w.online).ok
  answer[i] = -1
  if kind == 'none' or kind == 'zset' then
    begin(w)
    for each = at + 1, at + words, 3 do
      local user, state = ARGV[each], cmsgpack.unpack(ARGV[each + 2])
      local row, second = row_of(w, user), math.floor(now / 1000000)
      if state.v >= (row.v or 0) then
        merge(row, state)
        settle(w, user, row)
        if row.s == 1 then second = nil end
        if second and ARGV[each + 1] == '1' then call('ZADD', w.online, second, user)
        elseif second then call('ZADD', w.online, 'NX', second, user) end
      end
    end
    answer[i] = finish(w)
  end
  at = at + words + 1
end
return answer
