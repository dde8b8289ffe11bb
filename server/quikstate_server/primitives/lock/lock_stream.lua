-- The HoldLock stream that renews a lease. There is one: who takes the lease up takes it from the one before.
-- KEYS:       those of lock_state.lua
-- ARGV:       those of lock_state.lua
-- defines:    stream_of(r, lease), `-` for none; attach(r, lease, stream)
-- complexity: O(1)
-- A stream's name begins with its server's, to which it is told that it has lost the lease.
local function stream_of(r, lease)
  return (call('HGET', r.leases, lease) or ''):match('^%d+ %d+ %d+ (%S+)') or '-'
end

local function attach(r, lease, stream)
  local before = stream_of(r, lease)
  if before == stream or stream == '-' then return end
  local told = call('HGET', r.leases, lease)
  call('HSET', r.leases, lease, (told:gsub('^(%d+ %d+ %d+) %S+', '%1 ' .. stream, 1)))
  if before ~= '-' then call('PUBLISH', hints .. before:match('^[^.]*'), before) end
end
