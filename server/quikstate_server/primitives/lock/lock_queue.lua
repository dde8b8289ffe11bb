-- How a resource is handed on to the first of those who wait for it.
-- KEYS:       those of lock_state.lua
-- ARGV:       those of lock_state.lua
-- defines:    conflict(r, want), hand_on(r, quiet); then r.queued is how many wait
-- complexity: O(log n) for n waiters, and O(m log n) for m that are handed on to or gone: 200 at most
-- With that many no act holds Redis up. Each that is handed to comes at once, and hands on to the next.
local most_turns = math.max(1, math.floor(200 * 7 / #KEYS))

-- How many permits those have who hold it, if they are not as many as are wanted: nobody may wait for that.
local function conflict(r, want)
  local theirs = r.shared and want:match('^shared:permits:') and r.value:match('^shared:permits:(%d+)$')
  return theirs and r.value ~= want and tonumber(theirs)
end

-- A waiter whose server vouches for it gets a claim: a lease that lapses soon unless it is renewed. One
-- that waits for several is told to look, and takes all or none; nobody passes it meanwhile.
local function hand_on(r, quiet)
  r.queued = call('ZCARD', r.waiters)
  for _ = 1, most_turns do
    if r.queued == 0 then return end
    local first = call('ZRANGE', r.waiters, 0, 0)[1]
    local server, want, most, about, several = unpack(entry_of(r, first))
    local alive, refused = tonumber(call('ZSCORE', r.servers, server) or 0) > now, conflict(r, want)
    if alive and not refused and not joinable(r, want, most) then return end
    if alive and not (quiet and several) then call('PUBLISH', hints .. server, first) end
    if alive and not refused and several then return end
    r.queued = r.queued - leave(r, first)
    if alive and not refused then grant(r, first, want, claim, about) end
  end
end
