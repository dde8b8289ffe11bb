-- Keeps the queue of a resource: how waiters are added, read and removed.
-- KEYS:       those of lock_resource.lua
-- ARGV:       those of lock_resource.lua
-- uses:       lock_resource.lua: call
--             lock_fencing_tokens.lua: format_integer
-- defines:    register_server(lock, server, registration_ms), remove_waiter(lock, lease_id),
--             read_waiter(lock, lease_id), add_waiter(locks, lease_id, server, registration_ms, entry): how
--             many waiters are ahead of it
-- complexity: O(log n) for n waiters
--
-- A waiter's entry has its server, value, max holders and info, and whether it waits for several resources.
local function register_server(lock, server, registration_ms)
  call('ZADD', lock.servers, format_integer(now + registration_ms * 1000), server)
  for _, key in ipairs({lock.queue, lock.waiter_entries, lock.servers}) do
    call('PEXPIRE', key, registration_ms)
  end
end

local function remove_waiter(lock, lease_id)
  call('HDEL', lock.waiter_entries, lease_id)
  return call('ZREM', lock.queue, lease_id)
end

-- An entry that cannot be read counts as one of a server that is not registered.
local function read_waiter(lock, lease_id)
  local is_readable, entry = pcall(cmsgpack.unpack, call('HGET', lock.waiter_entries, lease_id) or '')
  if is_readable and type(entry) == 'table' and #entry == 5 then return entry end
  return {'', '', 0, '', false}
end

-- A new waiter gets the number after the last one: the clock does not matter.
-- A waiter for several resources enters all queues at once, and all anew if it was missing in one. So two
-- such waiters have the same order in every queue, and cannot deadlock.
local function add_waiter(locks, lease_id, server, registration_ms, entry)
  local is_in_all, ahead = true, 0
  for _, lock in ipairs(locks) do is_in_all = is_in_all and lock.rank end

  for _, lock in ipairs(locks) do
    if not is_in_all then remove_waiter(lock, lease_id) end
    local last_number = call('ZREVRANGE', lock.queue, 0, 0, 'WITHSCORES')[2] or 0
    call('ZADD', lock.queue, 'NX', format_integer(last_number + 1), lease_id)
    call('HSET', lock.waiter_entries, lease_id, entry)
    register_server(lock, server, registration_ms)
    ahead = math.max(ahead, call('ZRANK', lock.queue, lease_id))
  end
  return ahead
end
