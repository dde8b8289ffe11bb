-- How a row of a workspace is written, and what is told of it.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       as presence_workspace.lua says
-- defines:    begin(w), settle(w, user, row), finish(w): ms until the next lapse if sooner now, else 0
-- complexity: O(log n) for n users
local function begin(w)
  local known = call('HMGET', w.log, 'epoch', 'sentinel', 'offset')
  local epoch, sentinel, offset = number(known[1]), number(known[2]), number(known[3])
  w.channel, w.next, w.offset = ARGV[5] .. w.online:sub(ARGV[4] + 1, -8), next_lapse(w), offset
  w.unnamed = call('HLEN', w.members) > call('ZCARD', w.names)
  if epoch and offset and sentinel and sentinel >= tonumber(ARGV[1]) then return end
  w.offset, epoch = 0, math.max(now, (epoch or 0) + 1)
  call('DEL', w.changes)
  call('HSET', w.log, 'epoch', string.format('%.0f', epoch), 'sentinel', ARGV[1], 'offset', 0, 'floor', 0)
end

local function settle(w, user, row)
  prune(row)
  local told, status, count, changes = row.s or 1, live(row)
  row.s = status
  if count == 0 and (row.keep or 0) > now then changes = KEPT + row.keep end
  if changes then
    call('HSET', w.members, user, cmsgpack.pack(row))
    call('ZADD', w.lapses, string.format('%.0f', changes), user)
  else call('HDEL', w.members, user) call('ZREM', w.lapses, user) end
  if status == 1 then call('ZREM', w.online, user) call('ZREM', w.names, user)
  elseif told == 1 or w.unnamed then call('ZADD', w.names, 0, user) end
  if status == told then return end
  w.offset = w.offset + 1
  call('ZADD', w.changes, w.offset, user)
  local about = {userId = user, status = WORDS[status]}
  call('PUBLISH', w.channel, cjson.encode({type = 'presence', data = about}))
end

local function finish(w)
  call('HSET', w.log, 'offset', w.offset)
  local excess = call('ZCARD', w.changes) - tonumber(ARGV[2])
  if excess > 0 then
    local dropped = call('ZPOPMIN', w.changes, excess)
    call('HSET', w.log, 'floor', dropped[#dropped])
  end
  for _, key in ipairs({w.members, w.names, w.lapses, w.log, w.changes}) do call('PEXPIRE', key, ARGV[3]) end
  local next = next_lapse(w)
  return next >= 0 and (w.next < 0 or next < w.next) and math.max(next, 1) or 0
end
