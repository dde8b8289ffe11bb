-- Reads and sets the HoldLock stream of a lease: the only stream that renews it, until another reattaches.
-- KEYS:       those of lock_resource.lua
-- ARGV:       those of lock_resource.lua
-- uses:       lock_resource.lua: call, channel_prefix
-- defines:    stream_of(lock, lease_id): `-` for none; attach_stream(lock, lease_id, stream)
-- complexity: O(1)
local function stream_of(lock, lease_id)
  return (call('HGET', lock.leases, lease_id) or ''):match('^%d+ %d+ %d+ (%S+)') or '-'
end

-- The name of a stream begins with the id of its server, and a dot. The server of the previous stream is
-- notified that this stream has lost the lease.
local function attach_stream(lock, lease_id, stream)
  local previous = stream_of(lock, lease_id)
  if previous == stream or stream == '-' then return end

  local lease = call('HGET', lock.leases, lease_id)
  call('HSET', lock.leases, lease_id, (lease:gsub('^(%d+ %d+ %d+) %S+', '%1 ' .. stream, 1)))
  if previous ~= '-' then call('PUBLISH', channel_prefix .. previous:match('^[^.]*'), previous) end
end
