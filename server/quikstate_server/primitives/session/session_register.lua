-- Lists a session that is about to be written, if the user may have one more, or others are to go for it.
-- KEYS:       [1..4] as session_user.lua says; [5] the last instant that was given [6] the request's memory
-- ARGV:       [1] handle [2] session id [3] lifetime us [4] most sessions, or 0 [5] device [6] ms to remember
--             the request [7] its fingerprint [8] '1' to make room; [9..] pairs: a handle that is over, what
--             ids says
-- returns:    {'listed', handle, session id, instant from which it is valid, last revoking mark, a handle that
--             had to go, what ids said, …}, {'evicted', handle, what ids said, …} if more have to go than
--             one script revokes, {'full', now, sessions, handle, what ids says, …}, {'ended'}, or
--             {'other request'}
-- complexity: O(m log n) for m rows of n that lapsed, are over or have to go
local handle, id, lifetime, most, device = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local memory, fingerprint, given, request = ARGV[6], ARGV[7], KEYS[5], KEYS[6]
local user, own = score(not_before, 'user'), score(not_before, 'device:' .. device)
local mark = math.max(user, own, score(not_before, 'tokens'))

local whose, named, about = (request and call('GET', request) or ''):match('^(%S+) (%S+) (%a+ %d+ .+)$')
if whose and whose ~= fingerprint then return {'other request'} end
handle = named or handle
about = about or call('HGET', ids, handle)  -- the same call once more
if about then
  local stamp, known = about:match('^%a+ (%d+) (.+)$')
  if not stamp or not stands(handle, device, tonumber(stamp)) then return {'ended'} end
  return {'listed', handle, known, stamp, text(mark)}
end

local lapsed = call('ZRANGEBYSCORE', sessions, '-inf', text(now), 'LIMIT', 0, 100)
for _, over in ipairs(lapsed) do forget(over, call('HGET', ids, over)) end
for i = 9, #ARGV, 2 do forget(ARGV[i], ARGV[i + 1]) end
local count, gone = call('ZCARD', sessions), {}
local excess = most > 0 and count - most + 1 or 0
if excess > 0 and ARGV[8] ~= '1' then return listed({'full', text(now), count}) end
if excess > 0 then evict(excess, gone) end
if #gone < 2 * excess then return {'evicted', unpack(gone)} end
local newest = math.min(tonumber(call('GET', given) or 0) or 0, 2 ^ 53)
local stamp = math.max(now, user + 1, own + 1, newest + 1)
about = 'listed ' .. text(stamp) .. ' ' .. id
call('ZADD', sessions, text(stamp + lifetime), handle)
call('HSET', ids, handle, about)
last(sessions, stamp + lifetime)
last(ids, stamp + lifetime)
call('SET', given, text(stamp), 'PXAT', text(math.ceil((stamp + lifetime) / 1000)))
if request then call('SET', request, fingerprint .. ' ' .. handle .. ' ' .. about, 'PX', memory) end
return {'listed', handle, id, text(stamp), text(mark), unpack(gone)}
