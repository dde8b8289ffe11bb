-- Connections of users live: each has its TTL again.
-- KEYS:       as presence_user.lua says, for each connection
-- ARGV:       [1] as presence_user.lua says; [2] most connections a user; [3..] per connection 7 and its
--             workspaces: id, status, ttl ms, device, metadata, stream, how many workspaces, workspace, …
-- returns:    per connection {override, until µs, set µs, {workspaces left, …}}, or {} if there are too many
-- complexity: O(k c) for k connections of users with c each
local answer, at = {}, 3
for i = 1, math.floor(#KEYS / 2) do
  local u, id, workspaces = user_at(i), ARGV[at], tonumber(ARGV[at + 6])
  prune(u)
  local _, count = live(u)
  local old, mine, left = u.c[id], {}, {}
  if not old and count >= tonumber(ARGV[2]) then
    answer[i] = {}
  else
    local new = {now + ARGV[at + 2] * 1000, tonumber(ARGV[at + 1]), ARGV[at + 3], old and old[4] or now,
                 ARGV[at + 4], ARGV[at + 5], {}}
    for n = 1, workspaces do
      new[7][n] = ARGV[at + 6 + n]
      mine[new[7][n]] = true
    end
    for _, workspace in ipairs(old and old[7] or {}) do
      if not mine[workspace] then left[#left + 1] = workspace end
    end
    u.c[id], u.seen = new, now
    write(u)
    answer[i] = {u.o[1], string.format('%.0f', u.o[2]), string.format('%.0f', u.o[3]), left}
  end
  at = at + 7 + workspaces
end
return answer
