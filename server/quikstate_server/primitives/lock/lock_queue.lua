-- Who waits for a resource, and how it is handed on to the first of them.
-- KEYS:       those of lock_state.lua
-- ARGV:       those of lock_state.lua
-- defines:    vouch(r, server, registration), leave(r, lease), hand_on(r); then r.queued is how many wait
-- complexity: O(log n) for n waiters, and O(m log n) for m that are handed on to or gone
local function vouch(r, server, registration)
  call('ZADD', r.servers, string.format('%.0f', now + registration * 1000), server)
  for _, key in ipairs({r.waiters, r.waiting, r.servers}) do call('PEXPIRE', key, registration) end
end

local function leave(r, lease)
  call('HDEL', r.waiting, lease)
  return call('ZREM', r.waiters, lease)
end

-- A waiter whose server vouches for it gets a claim: a lease that lapses soon unless it is renewed.
local function hand_on(r)
  r.queued = call('ZCARD', r.waiters)
  while r.queued > 0 do
    local first = call('ZRANGE', r.waiters, 0, 0)[1]
    local entry = call('HGET', r.waiting, first)
    local server, want, most, about = unpack(entry and cmsgpack.unpack(entry) or {''})
    local alive = tonumber(call('ZSCORE', r.servers, server) or 0) > now
    if alive and not joinable(r, want, most) then return end
    r.queued = r.queued - leave(r, first)
    if alive then
      grant(r, first, want, claim, about)
      call('PUBLISH', hints .. server, first)
    end
  end
end
