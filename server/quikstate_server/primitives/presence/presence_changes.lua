-- Writes member rows, logs each change of a status, and publishes it.
-- KEYS:       as in presence_workspace.lua
-- ARGV:       as in presence_workspace.lua
-- uses:       presence_row.lua: call, STATUS_NAMES, live_status, remove_expired; presence_workspace.lua:
--             TOMBSTONE, valid_number, next_expiration_ms
-- defines:    OFFLINE, begin_changes(workspace), write_row_or_remove(workspace, user, row),
--             finish_changes(workspace): ms until the next expiration if it is sooner now, else 0
-- complexity: O(log n) for n users
--
-- A log that began before a failover may lack changes: it is replaced by an empty one of a higher log epoch.
local SIDECARS, OFFLINE = {'members', 'names', 'expirations', 'log', 'changes'}, 1

local function begin_changes(workspace)
  local log = call('HMGET', workspace.log, 'epoch', 'failover_epoch', 'offset')
  local log_epoch, failover_epoch, offset = valid_number(log[1]), valid_number(log[2]), valid_number(log[3])
  workspace.channel = ARGV[5] .. workspace.online:sub(ARGV[4] + 1, -8)
  workspace.offset = offset
  workspace.next_expiration_before = next_expiration_ms(workspace)
  workspace.has_unnamed_members = call('HLEN', workspace.members) > call('ZCARD', workspace.names)
  if log_epoch and offset and failover_epoch and failover_epoch >= tonumber(ARGV[1]) then return end
  workspace.offset, log_epoch = 0, math.max(now, (log_epoch or 0) + 1)
  call('DEL', workspace.changes)
  log_epoch = string.format('%.0f', log_epoch)
  call('HSET', workspace.log, 'epoch', log_epoch, 'failover_epoch', ARGV[1], 'offset', 0, 'floor', 0)
end

local function write_row_or_remove(workspace, user, row)
  remove_expired(row)
  local before, status, count, changes_at = row.s or OFFLINE, live_status(row)
  row.s = status
  if count == 0 and (row.keep or 0) > now then changes_at = TOMBSTONE + row.keep end
  if changes_at then
    call('HSET', workspace.members, user, cmsgpack.pack(row))
    call('ZADD', workspace.expirations, string.format('%.0f', changes_at), user)
  else
    call('HDEL', workspace.members, user)
    call('ZREM', workspace.expirations, user)
  end
  if status == OFFLINE then
    call('ZREM', workspace.online, user)
    call('ZREM', workspace.names, user)
  elseif before == OFFLINE or workspace.has_unnamed_members then call('ZADD', workspace.names, 0, user) end
  if status == before then return end
  workspace.offset = workspace.offset + 1
  call('ZADD', workspace.changes, workspace.offset, user)
  local data = {userId = user, status = STATUS_NAMES[status]}
  call('PUBLISH', workspace.channel, cjson.encode({type = 'presence', data = data}))
end

local function finish_changes(workspace)
  call('HSET', workspace.log, 'offset', workspace.offset)
  local excess = call('ZCARD', workspace.changes) - tonumber(ARGV[2])
  if excess > 0 then
    local dropped = call('ZPOPMIN', workspace.changes, excess)
    call('HSET', workspace.log, 'floor', dropped[#dropped])
  end
  for _, name in ipairs(SIDECARS) do call('PEXPIRE', workspace[name], ARGV[3]) end
  local before, next_ms = workspace.next_expiration_before, next_expiration_ms(workspace)
  return next_ms >= 0 and (before < 0 or next_ms < before) and math.max(next_ms, 1) or 0
end
