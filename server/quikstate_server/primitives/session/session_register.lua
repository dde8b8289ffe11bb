-- Lists a session that is about to be written, if the user may have one more.
-- KEYS:       [1..4] as session_user.lua says; [5] the request's memory, if it has an id
-- ARGV:       [1] handle [2] session id [3] lifetime us [4] most sessions, or 0 [5] device [6] ms to remember
--             the request; [7..] pairs: the handle of a session that is over, and what ids says of it
-- returns:    {'listed', handle, session id, instant from which it is valid, last revoking mark},
--             {'full', sessions, handle, what ids says, …} with 1,000 rows at most, or {'ended'}
-- complexity: O(m log n) for m rows of n that lapsed or are over, and O(n) if full
local handle, id, lifetime, most, device, memory = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]
local request = KEYS[5]
local user, own = score(not_before, 'user'), score(not_before, 'device:' .. device)
local mark = math.max(user, own, score(not_before, 'tokens'))

local about = request and call('GET', request)
if about then handle = about:match('^%S+') about = about:match(' (.*)') end
about = about or call('HGET', ids, handle)  -- the same call once more
if about then
  local known, stamp = about:match('(%S+) (%d+)')
  if not stands(handle, device, tonumber(stamp)) then return {'ended'} end
  return {'listed', handle, known, stamp, text(mark)}
end

local lapsed = call('ZRANGEBYSCORE', sessions, '-inf', text(now), 'LIMIT', 0, 100)
for _, over in ipairs(lapsed) do forget(over, call('HGET', ids, over)) end
for i = 7, #ARGV, 2 do forget(ARGV[i], ARGV[i + 1]) end
local count = call('ZCARD', sessions)
if most > 0 and count >= most then
  local rows = {'full', count}
  for _, listed in ipairs(call('ZRANGE', sessions, 0, 999)) do
    rows[#rows + 1] = listed
    rows[#rows + 1] = call('HGET', ids, listed) or ''
  end
  return rows
end
local stamp = math.max(now, user + 1, own + 1)
about = id .. ' ' .. text(stamp)
call('ZADD', sessions, text(stamp + lifetime), handle)
call('HSET', ids, handle, about)
last(sessions, stamp + lifetime)
last(ids, stamp + lifetime)
if request then call('SET', request, handle .. ' ' .. about, 'PX', memory) end
return {'listed', handle, id, text(stamp), text(mark)}
