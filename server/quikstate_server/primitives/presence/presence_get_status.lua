-- Reads users, and the connections through which they are present.
-- KEYS:       for each user as in presence_user.lua
-- ARGV:       [1] as in presence_user.lua; [2] bytes of user rows, after which the other users are left out
-- uses:       presence_row.lua: call, EXPIRES_AT, STATUS, override_of, live_status; presence_user.lua:
--             load_user, DEVICE, CONNECTED_AT, METADATA, WORKSPACES
-- returns:    for each user that it read {status, override, last seen µs, text of the legacy key if no
--             connection lives, {connection, status, device, connected at µs, expires in ms, metadata,
--             {workspace, …}, …}}
-- complexity: O(k c) for k users with c connections each

local function connections_of(user)
  local values = {}
  for id, connection in pairs(user.c) do
    local connected_at = string.format('%.0f', connection[CONNECTED_AT])
    local expires_in_ms = math.ceil((connection[EXPIRES_AT] - now) / 1000)
    for _, value in ipairs({
      id, connection[STATUS], connection[DEVICE], connected_at, expires_in_ms, connection[METADATA],
      connection[WORKSPACES],
    }) do
      values[#values + 1] = value
    end
  end
  return values
end

local users, spent = {}, 0
for i = 1, math.floor(#KEYS / 2) do
  if spent > tonumber(ARGV[2]) then break end
  local user = load_user(i)
  spent = spent + user.bytes
  local status, count = live_status(user)
  local legacy_status = count == 0 and call('GET', user.status_key) or ''
  local last_seen = string.format('%.0f', user.seen or 0)
  users[i] = {status, override_of(user), last_seen, legacy_status, connections_of(user)}
end
return users
