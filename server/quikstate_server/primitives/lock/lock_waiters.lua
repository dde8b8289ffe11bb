-- Those who wait for a resource: how they come, stay and go.
-- KEYS:       those of lock_state.lua
-- ARGV:       those of lock_state.lua
-- defines:    vouch(r, server, registration), leave(r, lease), entry_of(r, lease),
--             queue_up(states, lease, server, registration, entry): how many come first
-- complexity: O(log n) for n waiters
-- waiting     hash  lease id: server, want, most, about, and whether it waits for other resources too
local function vouch(r, server, registration)
  call('ZADD', r.servers, string.format('%.0f', now + registration * 1000), server)
  for _, key in ipairs({r.waiters, r.waiting, r.servers}) do call('PEXPIRE', key, registration) end
end

local function leave(r, lease)
  call('HDEL', r.waiting, lease)
  return call('ZREM', r.waiters, lease)
end

-- What cannot be read is the entry of a server that nobody vouches for.
local function entry_of(r, lease)
  local read, entry = pcall(cmsgpack.unpack, call('HGET', r.waiting, lease) or '')
  return read and type(entry) == 'table' and #entry == 5 and entry or {'', '', 0, '', false}
end

-- Behind the last, whatever the clock says. Who waits for several takes all places at once, and all anew
-- if one was lost: so of two who meet in several queues one is first in all, and neither waits for ever.
local function queue_up(states, lease, server, registration, entry)
  local whole, ahead = true, 0
  for _, r in ipairs(states) do whole = whole and r.place end
  for _, r in ipairs(states) do
    if not whole then leave(r, lease) end
    local last = call('ZREVRANGE', r.waiters, 0, 0, 'WITHSCORES')[2] or 0
    call('ZADD', r.waiters, 'NX', string.format('%.0f', last + 1), lease)
    call('HSET', r.waiting, lease, entry)
    vouch(r, server, registration)
    ahead = math.max(ahead, call('ZRANK', r.waiters, lease))
  end
  return ahead
end
