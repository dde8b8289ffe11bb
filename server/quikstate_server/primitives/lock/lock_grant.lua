-- How a resource is given to a lease, and for how long.
-- KEYS:       those of lock_state.lua
-- ARGV:       those of lock_state.lua
-- defines:    renew(r, lease, lifetime), grant(r, lease, want, lifetime, about), lapse_with_last(r)
-- complexity: O(log n) for n holders
local function lapse_with_last(r)
  local last = call('ZREVRANGE', r.holders, 0, 0, 'WITHSCORES')[2]
  local lapses = string.format('%.0f', math.ceil(math.min(tonumber(last), 2 ^ 52) / 1000))
  call('SET', r.lock, r.value, 'PXAT', lapses)
  for _, key in ipairs({r.holders, r.leases}) do call('PEXPIREAT', key, lapses) end
end

-- The leases lapse no sooner than the lock: without its lease it would seem to be a raw client's.
local function extend(r, lease, lifetime)
  if r.shared then
    call('ZADD', r.holders, string.format('%.0f', now + lifetime * 1000), lease)
    return lapse_with_last(r)
  end
  call('SET', r.lock, lease, 'PX', lifetime)
  call('PEXPIRE', r.leases, lifetime)
end

local function renew(r, lease, lifetime)
  extend(r, lease, lifetime)
  call('PEXPIRE', r.fence, memory)
end

-- The token is above every one before it: by the epoch after a failover, else by the clock or by one.
-- The lowest that is not stale moves up whenever the resource was free: that tells the holders of one
-- time, SHARED ones too, from those of the next. `about` begins with the stream.
local function grant(r, lease, want, lifetime, about)
  local old, last, low_epoch, low = known_tokens(r.fence)
  local token = string.format('%d %.0f', math.max(old, epoch), math.max(last + 1, now))
  local lowest = r.value and string.format('%d %.0f', low_epoch, low) or token
  if not r.value then  -- nothing is left of holders whose lock a raw client deleted
    if want ~= '' then call('ZREMRANGEBYRANK', r.holders, 0, -1) end
    if call('HLEN', r.leases) > 0 then call('DEL', r.leases) end
  end
  r.value, r.shared, r.count = want == '' and lease or want, want ~= '', r.count + 1
  call('SET', r.fence, token .. ' ' .. lowest, 'PX', memory)
  call('HSET', r.leases, lease, string.format('%s %.0f %s', token, now, about))
  extend(r, lease, lifetime)
  notify(r)
  return token
end
