-- Adds a session to its user's index before it is written, if there is room or others may be evicted.
-- KEYS:       [1..4] as session_user_index.lua says; [5] the last valid_from that was given [6] the stored
--             reply, if the request has an id
-- ARGV:       [1] handle [2] session id [3] lifetime us [4] max sessions, or 0 [5] device [6] ms to keep the
--             stored reply [7] the request's fingerprint [8] '1' to evict others; [9..] pairs of ended
--             sessions: handle, record
-- returns:    {'registered', handle, session id, instant from which it is valid, last revocation mark,
--             handle, record of an evicted session, …}, {'evicted', handle, record, …} if more must be
--             evicted than one script revokes, {'full', now, sessions, handle, record, …}, {'ended'}, or
--             {'request id reused'}
-- uses:       session_user_index.lua: call, format_integer, score_of, is_valid, keep_until,
--             remove_from_index; session_eviction.lua: append_entries, evict_oldest
-- complexity: O(m log n) for m entries of n that expired, ended or are evicted
local handle, id, lifetime, max_sessions = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local device, reply_ms, fingerprint, may_evict = ARGV[5], ARGV[6], ARGV[7], ARGV[8] == '1'
local last_valid_from, reply_key = KEYS[5], KEYS[6]
local user_mark, device_mark = score_of(not_before, 'user'), score_of(not_before, 'device:' .. device)
local last_mark = math.max(user_mark, device_mark, score_of(not_before, 'tokens'))

local stored_reply = reply_key and call('GET', reply_key) or ''
local known_fingerprint, known_handle, record = stored_reply:match('^(%S+) (%S+) (%a+ %d+ .+)$')
if known_fingerprint and known_fingerprint ~= fingerprint then return {'request id reused'} end
handle = known_handle or handle
record = record or call('HGET', ids, handle)
if record then  -- this call is a repeat
  local valid_from, known_id = record:match('^%a+ (%d+) (.+)$')
  if not valid_from or not is_valid(handle, device, tonumber(valid_from)) then return {'ended'} end
  return {'registered', handle, known_id, valid_from, format_integer(last_mark)}
end

local expired = call('ZRANGEBYSCORE', sessions, '-inf', format_integer(now), 'LIMIT', 0, 100)
for _, expired_handle in ipairs(expired) do
  remove_from_index(expired_handle, call('HGET', ids, expired_handle))
end
for i = 9, #ARGV, 2 do remove_from_index(ARGV[i], ARGV[i + 1]) end

local count, evicted = call('ZCARD', sessions), {}
local excess = max_sessions > 0 and count - max_sessions + 1 or 0
if excess > 0 then
  if not may_evict then return append_entries({'full', format_integer(now), count}) end
  evict_oldest(excess, evicted)
  if #evicted < 2 * excess then return {'evicted', unpack(evicted)} end
end

local newest = math.min(tonumber(call('GET', last_valid_from) or 0) or 0, 2 ^ 53)
local valid_from = math.max(now, user_mark + 1, device_mark + 1, newest + 1)
local ends_at = valid_from + lifetime
record = 'listed ' .. format_integer(valid_from) .. ' ' .. id
call('ZADD', sessions, format_integer(ends_at), handle)
call('HSET', ids, handle, record)
keep_until(sessions, ends_at)
keep_until(ids, ends_at)
call('SET', last_valid_from, format_integer(valid_from), 'PXAT', format_integer(math.ceil(ends_at / 1000)))
if reply_key then
  call('SET', reply_key, fingerprint .. ' ' .. handle .. ' ' .. record, 'PX', reply_ms)
end
return {'registered', handle, id, format_integer(valid_from), format_integer(last_mark), unpack(evicted)}
