-- Keeps the queue of a resource: how waiters are added, read and removed.
-- KEYS:       those of lock_resource.lua
-- ARGV:       those of lock_resource.lua
-- uses:       lock_resource.lua: call
--             lock_fencing_tokens.lua: format_integer
-- defines:    register_server(lock, server, registration_ms), remove_waiter(lock, lease_id),
--             read_waiter(lock, lease_id), add_waiter(locks, lease_id, server, registration_ms, entry): how
--             many come first
-- complexity: O(log n) for n waiters
-- waiting     hash  lease id: server, value, max holders, info, and whether it waits for other resources too
local function register_server(lock, server, registration_ms)
  call('ZADD', lock.servers, format_integer(now + registration_ms * 1000), server)
  for _, key in ipairs({lock.waiters, lock.waiting, lock.servers}) do
    call('PEXPIRE', key, registration_ms)
  end
end

local function remove_waiter(lock, lease_id)
  call('HDEL', lock.waiting, lease_id)
  return call('ZREM', lock.waiters, lease_id)
end

-- An entry that cannot be read counts as one of a server that is not registered.
local function read_waiter(lock, lease_id)
  local is_readable, entry = pcall(cmsgpack.unpack, call('HGET', lock.waiting, lease_id) or '')
  if is_readable and type(entry) == 'table' and #entry == 5 then return entry end
  return {'', '', 0, '', false}
end

-- A waiter comes after the last, whatever the clock says. One that waits for several resources enters all
-- queues at once, and all anew if it was missing in one: so of two that meet in several queues one is first
-- in all of them, and neither waits for ever.
local function add_waiter(locks, lease_id, server, registration_ms, entry)
  local is_in_all, ahead = true, 0
  for _, lock in ipairs(locks) do is_in_all = is_in_all and lock.rank end

  for _, lock in ipairs(locks) do
    if not is_in_all then remove_waiter(lock, lease_id) end
    local last_number = call('ZREVRANGE', lock.waiters, 0, 0, 'WITHSCORES')[2] or 0
    call('ZADD', lock.waiters, 'NX', format_integer(last_number + 1), lease_id)
    call('HSET', lock.waiting, lease_id, entry)
    register_server(lock, server, registration_ms)
    ahead = math.max(ahead, call('ZRANK', lock.waiters, lease_id))
  end
  return ahead
end
