-- Lists a page of the members of a workspace who are present, and counts them all.
-- KEYS:       as in presence_workspace.lua
-- ARGV:       [1..5] as in presence_workspace.lua; [6] page size [7] cursor: '', or 'n' and the user before
--             the page, or 'r' and a ZSCAN cursor among raw members [8] s within which they were seen, 0
--             for any time [9] s for which a raw member counts [10] max expired members, whom the count
--             leaves out [11] bytes of member rows, after which the page ends
-- uses:       presence_row.lua: call, live_status; presence_workspace.lua: workspace_at, load_member
-- returns:    {number of members, cursor of the next page, {user, status, seen s, connections, …},
--             1 if more have expired}
-- complexity: O(log n + m) for m users returned or expired of n
local workspace, size, cursor, within = workspace_at(1), tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])
local since = math.floor(now / 1000000) - (within > 0 and within or tonumber(ARGV[9]))
local members, next_cursor = {}, ''

local function add_member(user, status, seen, connections)
  if not seen or tonumber(seen) < since then return end
  for _, value in ipairs({user, status, seen, connections}) do members[#members + 1] = value end
end

local function count_expired()
  local count, latest = 0, string.format('%.0f', now)
  local expired = call('ZRANGE', workspace.expirations, '-inf', latest, 'BYSCORE', 'LIMIT', 0, ARGV[10])
  for _, user in ipairs(expired) do
    local _, connections = live_status(load_member(workspace, user))
    local seen = tonumber(call('ZSCORE', workspace.online, user) or 0)
    if connections == 0 and seen >= since then count = count + 1 end
  end
  local is_full = #expired == tonumber(ARGV[10])
  return count, is_full and call('ZCOUNT', workspace.expirations, '-inf', latest) > #expired
end

local function list_members()
  local spent, last, first = 0, nil, cursor == '' and '-' or '(' .. cursor:sub(2)
  local users = call('ZRANGE', workspace.names, first, '+', 'BYLEX', 'LIMIT', 0, size)
  for _, user in ipairs(users) do
    local row, bytes = load_member(workspace, user)
    local status, count = live_status(row)
    if count > 0 then add_member(user, status, call('ZSCORE', workspace.online, user), count) end
    spent, last = spent + bytes, user
    if spent > tonumber(ARGV[11]) then break end
  end
  if last and (#users == size or last ~= users[#users]) then next_cursor = 'n' .. last
  else cursor, size = 'r0', size - #users end
end

local function list_raw_members()
  local reply, online_status = call('ZSCAN', workspace.online, cursor:sub(2), 'COUNT', size), 3
  for i = 1, #reply[2], 2 do
    local user = reply[2][i]
    if not next(load_member(workspace, user).c) then add_member(user, online_status, reply[2][i + 1], 0) end
  end
  if reply[1] ~= '0' then next_cursor = 'r' .. reply[1] end
end

local expired, has_more_expired = count_expired()
if size > 0 and cursor:sub(1, 1) ~= 'r' then list_members() end
local has_raw_members = call('ZCARD', workspace.online) > call('ZCARD', workspace.names)
if size > 0 and cursor:sub(1, 1) == 'r' and has_raw_members then list_raw_members() end
local online = call('ZCOUNT', workspace.online, since, '+inf') - expired
return {online, next_cursor, members, has_more_expired and 1 or 0}
