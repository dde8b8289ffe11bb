-- Connections of users live: each has its TTL again.
-- KEYS:       as presence_user.lua says, for each connection
-- ARGV:       [1..5] as presence_states.lua says; [6] bytes of rows, after which the rest is for later
--             [7..] per connection 8 and its workspaces: id, status, ttl ms, device, metadata, stream or '',
--             1 if the stream goes on, how many workspaces, workspace, …
-- returns:    per connection 'later'; 'full', 'foreign', 'left' or 'taken' if it cannot be; else what
--             states_of says, for all connections of a user at the last of them
-- complexity: O(k + m) for k heartbeats of users with m connections in workspaces
local answer, users, order, at, spent = {}, {}, {}, 7, 0

local function refusal(u, old, stream, goes_on)
  if not u.o then return 'later' end
  if u.ended[stream] then return u.ended[stream][2] end
  if goes_on == '1' and old and old[6] ~= '' and old[6] ~= stream then return 'taken' end
  return not old and select(2, live(u)) >= tonumber(ARGV[2]) and 'full'
end
for i = 1, math.floor(#KEYS / 2) do
  local u, id, stream, many = users[KEYS[2 * i]], ARGV[at], ARGV[at + 5], tonumber(ARGV[at + 7])
  if not u then
    u = spent > tonumber(ARGV[6]) and {c = {}} or user_at(i)
    u.touched, u.done, users[KEYS[2 * i]], order[#order + 1] = {}, {}, u, u
    if u.bytes then act(u) end
  end
  local old, workspaces = u.c[id], {}
  answer[i] = refusal(u, old, stream, ARGV[at + 6]) or {}
  if type(answer[i]) == 'table' then
    spent, u.bytes = spent + u.bytes + #ARGV[at + 4] + 64 * many, 0
    local owner = old and old[6] or ''
    if owner ~= '' and stream ~= '' and owner ~= stream then end_stream(u, owner, 'taken') end
    for _, workspace in ipairs(old and old[7] or {}) do u.touched[workspace] = u.touched[workspace] or 0 end
    for n = 1, many do workspaces[n], u.touched[ARGV[at + 7 + n]] = ARGV[at + 7 + n], 1 end
    u.c[id] = {now + ARGV[at + 2] * 1000, tonumber(ARGV[at + 1]), ARGV[at + 3], old and old[4] or now,
               ARGV[at + 4], stream ~= '' and stream or owner, workspaces, u.v, stream == '' and 1 or 0}
    u.seen, u.done[#u.done + 1] = now, i
  end
  at = at + 8 + many
end
for _, u in ipairs(order) do
  if #u.done > 0 then owe(u, u.touched) end
  local written = #u.done > 0 and write(u)
  for _, i in ipairs(u.done) do answer[i] = written and {} or 'foreign' end
  if written then answer[u.done[#u.done]] = states_of(u, u.touched) end
end
return answer
