-- How a resource is given to a lease, and taken from one.
-- KEYS:       those of lock_state.lua
-- ARGV:       those of lock_state.lua
-- defines:    grant(r, lease, want, lifetime, about), renew(r, lease, lifetime), take(r, lease), token(r, lease)
-- complexity: O(log n) for n holders
local function touch(r)
  local last = call('ZREVRANGE', r.holders, 0, 0, 'WITHSCORES')[2]
  local lapses = math.ceil(tonumber(last) / 1000)
  call('SET', r.lock, r.value, 'PXAT', string.format('%.0f', lapses))
  call('PEXPIREAT', r.holders, string.format('%.0f', lapses))
  call('PEXPIREAT', r.leases, string.format('%.0f', lapses))
  call('PEXPIREAT', r.fence, string.format('%.0f', lapses + memory))
end

local function renew(r, lease, lifetime)
  call('ZADD', r.holders, string.format('%.0f', now + lifetime), lease)
  touch(r)
end

-- The token is above every one before it: by the epoch after a failover, else by the clock or by one.
-- The lowest that is not stale moves up whenever the resource was free, so that the holders of one
-- time, SHARED ones too, are told apart from those of the next.
local function grant(r, lease, want, lifetime, about)
  local old, last, low_epoch, low = (call('GET', r.fence) or '0 0 0 0'):match('(%d+) (%d+) (%d+) (%d+)')
  local new, seq = math.max(tonumber(old), epoch), math.max(tonumber(last) + 1, now)
  if r.count == 0 then low_epoch, low = new, seq end
  call('SET', r.fence, string.format('%d %.0f %d %.0f', new, seq, low_epoch, low))
  call('HSET', r.leases, lease, string.format('%d %.0f %.0f ', new, seq, now) .. about)
  r.count, r.value = r.count + 1, want == '' and lease or want
  renew(r, lease, lifetime)
  notify(r)
end

local function take(r, lease)
  if call('ZREM', r.holders, lease) == 0 then return false end
  call('HDEL', r.leases, lease)
  r.count = r.count - 1
  if r.count > 0 then touch(r) else call('DEL', r.lock) r.value = false end
  notify(r)
  return true
end

local function token(r, lease)
  return call('HGET', r.leases, lease):match('(%d+) (%d+)')
end
