-- Ends what has expired in one workspace.
-- KEYS:       as in presence_workspace.lua
-- ARGV:       [1..5] as in presence_workspace.lua; [6] max users
-- uses:       presence_row.lua: call; presence_workspace.lua: TOMBSTONE, workspace_at, load_member,
--             next_expiration_ms; presence_changes.lua: OFFLINE, begin_changes, write_row_or_remove,
--             finish_changes
-- returns:    {ms until something expires next, -1 if nothing will, {user, …}}
-- complexity: O(m log n) for m users that expired of n
local workspace = workspace_at(1)

local function expired_between(first, last)
  return call('ZRANGE', workspace.expirations, string.format('%.0f', first), string.format('%.0f', last),
              'BYSCORE', 'LIMIT', 0, ARGV[6])
end

local expired, tombstones = expired_between(0, now), expired_between(TOMBSTONE, TOMBSTONE + now)
if #expired > 0 then
  begin_changes(workspace)
  for _, user in ipairs(expired) do
    local row = load_member(workspace, user)
    write_row_or_remove(workspace, user, row)
    if row.s ~= OFFLINE then call('ZADD', workspace.online, 'NX', math.floor(now / 1000000), user) end
  end
  finish_changes(workspace)
end

for _, user in ipairs(tombstones) do
  call('HDEL', workspace.members, user)
  call('ZREM', workspace.expirations, user)
end

local next_ms = next_expiration_ms(workspace)
if next_ms < 0 then
  local tombstone = call('ZRANGE', workspace.expirations, 0, 0, 'WITHSCORES')[2]
  next_ms = tombstone and math.max(0, math.ceil((tombstone - TOMBSTONE - now) / 1000)) or -1
end
return {next_ms, expired}
