-- Gives a lease on all the resources, or on none; then it may queue for them.
-- KEYS:       7 a resource, as lock_state.lua says; then the request's memory, as lock_request.lua says
-- ARGV:       [1..4] as lock_state.lua says; [5] lease id [6] want: '' or the lock's value if shared
--             [7] most holders [8] lifetime ms [9] stream and about [10] server, '' to try only
--             [11] registration ms [12] most waiters [13] ms to remember the request [14] its content
-- returns:    {'held', lease, token, …}, {'queued', lease, position, ms until it lapses},
--             {'busy', index, ms until it lapses}, {'conflict', index, permits}, {'full'}, {'ended'}, or
--             {'other'} if the request's id was given to another one
-- complexity: O(k log n) for k resources with n holders and waiters each
local want, most, about, server = ARGV[6], tonumber(ARGV[7]), ARGV[9], ARGV[10]
local most_waiters, content, count = tonumber(ARGV[12]), ARGV[14], math.floor(#KEYS / 7)
local known, content_known, settled = recall()
local lease = known or ARGV[5]
if content_known and content_known ~= content then return {'other'} end

local states, held, places, full, blocked = {}, 0, 0, false, nil
for i = 1, count do
  local r = resource(i)
  states[i] = r
  prune(r)
  hand_on(r, true)
  r.token, r.place = token_of(r, lease), r.queued > 0 and call('ZRANK', r.waiters, lease)
  if r.token then held = held + 1
  elseif not settled and conflict(r, want) then return {'conflict', i, conflict(r, want)}
  elseif r.queued > 0 and r.place ~= 0 or not joinable(r, want, most) then blocked = blocked or i end
  if r.place then places = places + 1 elseif r.queued >= most_waiters then full = true end
end
if settled and held < count then return {'ended'} end
if blocked and server == '' then return {'busy', blocked, call('PTTL', states[blocked].lock)} end
if blocked and places == 0 and full then return {'full'} end
if request then remember(lease, content, not blocked, ARGV[13]) end
if blocked then
  local entry = cmsgpack.pack({server, want, most, about, count > 1})
  local ahead = queue_up(states, lease, server, ARGV[11], entry)
  return {'queued', lease, ahead, call('PTTL', states[blocked].lock)}
end
local answer = {'held', lease}
for i, r in ipairs(states) do
  if r.token then renew(r, lease, ARGV[8]) attach(r, lease, about:match('^%S+')) end
  answer[i + 2] = r.token or grant(r, lease, want, ARGV[8], about)
  if r.place and leave(r, lease) then hand_on(r) end
end
return answer
