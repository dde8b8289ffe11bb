-- Reads what changed in a workspace since a position, or all members who are present.
-- KEYS:       as in presence_workspace.lua
-- ARGV:       [1..5] as in presence_workspace.lua; [6] log epoch [7] offset of the position, '' for all
--             members [8] max members [9] s for which a raw member counts
-- uses:       presence_row.lua: call; presence_workspace.lua: valid_number, workspace_at, load_member
-- returns:    {'changes', 'members', 'too_many' or 'position_lost', log epoch, offset, number of members
--             present, 1 if there may be raw members, {user, status, seen s, offset of the last change, …}}
-- complexity: O(log n + m) for m users returned of n
local workspace, since, max_members = workspace_at(1), tonumber(ARGV[7]), tonumber(ARGV[8])
local log = call('HMGET', workspace.log, 'epoch', 'offset', 'floor')
local log_epoch, offset, floor = log[1], log[2], valid_number(log[3]) or 0
if not valid_number(log_epoch) or not valid_number(offset) then log_epoch, offset, floor = '0', '0', 0 end

local first_second = math.floor(now / 1000000) - ARGV[9]
local online_count = call('ZCOUNT', workspace.online, first_second, '+inf')
local has_raw_members = call('ZCARD', workspace.online) > call('ZCARD', workspace.names) and 1 or 0
local members = {}

local function add_member(user, seen, changed_at)
  local counts = seen and tonumber(seen) >= first_second
  local row = load_member(workspace, user)
  local offline, online = 1, 3
  local status = counts and (next(row.c) and row.s or online) or offline
  for _, value in ipairs({user, status, seen or 0, changed_at}) do members[#members + 1] = value end
end

if since then
  local is_same_log = log_epoch == ARGV[6] or (ARGV[6] == '0' and since == 0 and floor == 0)
  local is_in_log = since >= floor and since <= tonumber(offset)
  if not is_same_log or not is_in_log then
    return {'position_lost', log_epoch, offset, online_count, has_raw_members, members}
  end
  local changed = call('ZRANGE', workspace.changes, '(' .. ARGV[7], '+inf', 'BYSCORE', 'LIMIT', 0,
                       max_members, 'WITHSCORES')
  for i = 1, #changed, 2 do
    add_member(changed[i], call('ZSCORE', workspace.online, changed[i]), changed[i + 1])
  end
  if #changed == 2 * max_members then offset = changed[#changed] end
  return {'changes', log_epoch, offset, online_count, has_raw_members, members}
end

if online_count > max_members then
  return {'too_many', log_epoch, offset, online_count, has_raw_members, members}
end
local seen = call('ZRANGE', workspace.online, first_second, '+inf', 'BYSCORE', 'WITHSCORES')
for i = 1, #seen, 2 do add_member(seen[i], seen[i + 1], 0) end
return {'members', log_epoch, offset, online_count, has_raw_members, members}
