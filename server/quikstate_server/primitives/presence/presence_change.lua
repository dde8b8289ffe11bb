-- How a row of a workspace is written, and what is told of it.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       as presence_workspace.lua says
-- defines:    begin(w), settle(w, user, row), keep(w)
-- complexity: O(log n) for n users
local WORDS = {'offline', 'away', 'online', 'dnd'}

local function begin(w)
  local known = call('HMGET', w.log, 'epoch', 'sentinel')
  if known[1] and tonumber(known[2]) >= tonumber(ARGV[1]) then return end
  call('DEL', w.changes)
  call('HSET', w.log, 'epoch', string.format('%.0f', now), 'sentinel', ARGV[1], 'offset', 0, 'floor', 0)
end

local function tell(w, user, status)
  call('ZADD', w.changes, call('HINCRBY', w.log, 'offset', 1), user)
  local excess = call('ZCARD', w.changes) - tonumber(ARGV[2])
  if excess > 0 then
    local dropped = call('ZPOPMIN', w.changes, excess)
    call('HSET', w.log, 'floor', dropped[#dropped])
  end
  local event = {type = 'presence', data = {userId = user, status = WORDS[status]}}
  call('PUBLISH', ARGV[5] .. w.online:sub(tonumber(ARGV[4]) + 1, -8), cjson.encode(event))
end

local function settle(w, user, row)
  prune(row)
  local status, count, changes = live(row)
  local told = row.s or 1
  row.s = status
  if count > 0 then
    call('HSET', w.members, user, cmsgpack.pack(row))
    call('ZADD', w.lapses, string.format('%.0f', changes), user)
  else
    call('HDEL', w.members, user)
    call('ZREM', w.lapses, user)
  end
  if status == 1 then call('ZREM', w.online, user) call('ZREM', w.names, user)
  elseif told == 1 then call('ZADD', w.names, 0, user) end
  if status ~= told then tell(w, user, status) end
end

local function keep(w)
  for _, key in ipairs({w.members, w.names, w.lapses, w.log, w.changes}) do call('PEXPIRE', key, ARGV[3]) end
end
