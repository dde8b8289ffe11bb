-- How users are, and through which connections.
-- KEYS:       as presence_user.lua says, for each user
-- ARGV:       [1] as presence_user.lua says; [2] bytes of rows, after which the rest is for later
-- returns:    per user, as far as it came, {status, override, seen µs, text of the seed's key if no
--             connection lives, {connection, status, device, since µs, lapses in ms, metadata, {workspace, …}, …}}
-- complexity: O(k c) for k users with c connections each
local answer, spent = {}, 0
for i = 1, math.floor(#KEYS / 2) do
  if spent > tonumber(ARGV[2]) then break end
  local u, connections = user_at(i), {}
  spent = spent + u.bytes
  local status, count = live(u)
  for id, c in pairs(u.c) do
    local lapses = math.ceil((c[1] - now) / 1000)
    for _, word in ipairs({id, c[2], c[3], string.format('%.0f', c[4]), lapses, c[5], c[7]}) do
      connections[#connections + 1] = word
    end
  end
  local raw = count == 0 and call('GET', u.status) or ''
  answer[i] = {status, override_of(u), string.format('%.0f', u.seen or 0), raw, connections}
end
return answer
