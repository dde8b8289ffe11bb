-- How a resource is taken from a lease, or from everyone.
-- KEYS:       those of lock_state.lua
-- ARGV:       those of lock_state.lua
-- defines:    free(r), take(r, lease)
-- complexity: O(log n) for n holders
local function free(r)
  r.value, r.shared, r.count = false, false, 0
  return call('DEL', r.lock)
end

local function take(r, lease)
  if not (r.shared or r.value == lease) or call('HDEL', r.leases, lease) == 0 then return false end
  if r.shared then r.count = r.count - call('ZREM', r.holders, lease) end
  if r.shared and r.count > 0 then lapse_with_last(r) else free(r) end
  notify(r)
  return true
end
