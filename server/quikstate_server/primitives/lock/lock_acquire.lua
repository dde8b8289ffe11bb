-- Grants a lease on all the resources or on none, and puts it into their queues if it may wait.
-- KEYS:       7 a resource, as lock_resource.lua says; then the stored reply, as lock_request.lua says
-- ARGV:       [1..4] as lock_resource.lua says; [5] lease id [6] the lock's value if shared, else ''
--             [7] max holders [8] TTL ms [9] info: stream or `-`, then owner and metadata [10] server, or ''
--             not to wait [11] registration ms [12] max waiters [13] ms to store the reply
--             [14] content of the request
-- returns:    {'held', lease id, token, …}, {'queued', lease id, position, ms until the lock expires},
--             {'busy', index, ms until the lock expires}, {'conflict', index, permits}, {'full'}, {'ended'},
--             or {'different_request'} if the request_id was used for another request
-- uses:       lock_resource.lua: call, lock_on, remove_expired_holders, token_of, has_room
--             lock_grant_lease.lua: renew_lease, grant_lease
--             lock_waiters.lua: add_waiter, remove_waiter
--             lock_grant_waiters.lua: conflicting_permits, grant_next_waiters
--             lock_request.lua: request_key, read_request, write_request
--             lock_stream.lua: attach_stream
-- complexity: O(k log n) for k resources with n holders and waiters each
local value, max_holders, ttl_ms, info, server = ARGV[6], tonumber(ARGV[7]), ARGV[8], ARGV[9], ARGV[10]
local max_waiters, content, count = tonumber(ARGV[12]), ARGV[14], math.floor(#KEYS / 7)
local known_lease_id, known_content, is_settled = read_request()
local lease_id = known_lease_id or ARGV[5]
if known_content and known_content ~= content then return {'different_request'} end

local locks, held, queued, is_full, blocked = {}, 0, 0, false, nil
for i = 1, count do
  local lock = lock_on(i)
  locks[i] = lock
  remove_expired_holders(lock)
  grant_next_waiters(lock, true)
  lock.token = token_of(lock, lease_id)
  lock.rank = lock.waiter_count > 0 and call('ZRANK', lock.queue, lease_id)

  local must_wait = lock.waiter_count > 0 and lock.rank ~= 0 or not has_room(lock, value, max_holders)
  local permits = not is_settled and conflicting_permits(lock, value)
  if not lock.token and permits then return {'conflict', i, permits} end
  if lock.token then held = held + 1 elseif must_wait then blocked = blocked or i end
  if lock.rank then queued = queued + 1 elseif lock.waiter_count >= max_waiters then is_full = true end
end
if is_settled and held < count then return {'ended'} end
if blocked and server == '' then return {'busy', blocked, call('PTTL', locks[blocked].key)} end
if blocked and queued == 0 and is_full then return {'full'} end

if request_key then write_request(lease_id, content, not blocked, ARGV[13]) end
if blocked then
  local entry = cmsgpack.pack({server, value, max_holders, info, count > 1})
  local position = add_waiter(locks, lease_id, server, ARGV[11], entry)
  return {'queued', lease_id, position, call('PTTL', locks[blocked].key)}
end
local reply = {'held', lease_id}
for i, lock in ipairs(locks) do
  if lock.token then
    renew_lease(lock, lease_id, ttl_ms)
    attach_stream(lock, lease_id, info:match('^%S+'))
  end
  reply[i + 2] = lock.token or grant_lease(lock, lease_id, value, ttl_ms, info)
  if lock.rank and remove_waiter(lock, lease_id) then grant_next_waiters(lock) end
end
return reply
