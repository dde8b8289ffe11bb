-- What session_register.lua knows of a user who has too many sessions: which there are, and which have to go.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       none of its own
-- defines:    listed(rows), evict(excess, rows)
-- complexity: O(m log m) for m rows, of which there are 1,000 at most

-- Adds those that end first to `rows`, flat.
local function listed(rows)
  local handles = call('ZRANGE', sessions, 0, 999)
  local abouts = call('HMGET', ids, unpack(handles))
  for i, handle in ipairs(handles) do
    rows[#rows + 1] = handle
    rows[#rows + 1] = abouts[i] or ''
  end
  return rows
end

-- Revokes those that were created first, and adds them to `rows`: 100 at once, so that nobody waits long.
local function evict(excess, rows)
  local flat, order = listed({}), {}
  for i = 1, #flat, 2 do
    order[#order + 1] = {flat[i], flat[i + 1], tonumber(flat[i + 1]:match('^%a+ (%d+)') or 0)}
  end
  table.sort(order, function(a, b) return a[3] < b[3] or a[3] == b[3] and a[1] < b[1] end)
  for i = 1, math.min(excess, #order, 100) do
    local handle, about = order[i][1], order[i][2]
    revoke(handle, math.max(score(sessions, handle), now))
    call('ZREM', sessions, handle)
    call('HDEL', ids, handle)
    rows[#rows + 1] = handle
    rows[#rows + 1] = about
  end
  return rows
end
