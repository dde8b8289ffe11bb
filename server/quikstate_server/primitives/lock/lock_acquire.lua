-- Gives a lease on all the resources, or on none; then it may queue for the one.
-- KEYS:       7 a resource, as lock_state.lua says; then the request's memory, if it has an id
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id [6] want: '' or the lock's value if shared
--             [7] most holders [8] lifetime ms [9] about [10] server, '' to try only [11] registration ms
--             [12] most waiters [13] ms to remember the request
-- returns:    {'held', lease, token, …}, {'queued', lease, position, ms until it lapses},
--             {'busy', index, ms until it lapses}, {'full'} or {'ended'}
-- complexity: O(k log n) for k resources with n holders and waiters each
-- The request's memory is its lease id, and ' given' once a caller had the lease, or none shall.
local lease, want, most, lifetime = ARGV[5], ARGV[6], tonumber(ARGV[7]), ARGV[8]
local about, server, registration = ARGV[9], ARGV[10], ARGV[11]
local most_waiters, remembered = tonumber(ARGV[12]), ARGV[13]
local count, request = math.floor(#KEYS / 7), #KEYS % 7 == 1 and KEYS[#KEYS]
local known, given = (request and call('GET', request) or ''):match('^(%S*)(.*)')
if known ~= '' then lease = known end

local held, queues, states, blocked = 0, false, {}, nil
for i = 1, count do
  local r = resource(i)
  states[i] = r
  prune(r)
  hand_on(r)
  queues = queues or (r.queued > 0 and call('ZSCORE', r.waiters, lease))
  r.token = token_of(r, lease)
  if r.token then held = held + 1
  elseif r.queued > 0 or not joinable(r, want, most) then blocked = blocked or i end
end
if given ~= '' and held < count then return {'ended'} end
local r = states[blocked or 1]
if blocked and server == '' then return {'busy', blocked, call('PTTL', r.lock)} end
if blocked and not queues and r.queued >= most_waiters then return {'full'} end
if request then call('SET', request, blocked and lease or lease .. ' given', 'PX', remembered) end
if blocked then
  call('ZADD', r.waiters, 'NX', string.format('%.0f', now), lease)
  call('HSET', r.waiting, lease, cmsgpack.pack({server, want, most, about}))
  vouch(r, server, registration)
  return {'queued', lease, call('ZRANK', r.waiters, lease), call('PTTL', r.lock)}
end
local answer = {'held', lease}
for i, state in ipairs(states) do
  if state.token then renew(state, lease, lifetime) end
  answer[i + 2] = state.token or grant(state, lease, want, lifetime, about)
end
return answer
