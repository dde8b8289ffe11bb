-- The form of two kinds of rows: a user row, and the member row of that user in each workspace.
-- KEYS:       none of its own
-- ARGV:       none of its own
-- defines:    call, STATUS_NAMES, EXPIRES_AT, STATUS, unpack_row(packed), override_of(row),
--             live_status(row): status, number of live connections, µs at which it next changes by itself or
--             nil; remove_expired(row)
-- complexity: O(c) for c connections of the user
--
-- A row is packed with short names:
--   c     connections, by id: {expires at µs, status, …}
--   o     override of the status: {status or 0 for none, until µs or 0 for no end}
--   v     version, which each update of the user row raises
--   s     of a member row: the status last published
--   keep  of a member row: µs until which it is kept without connections
-- A status is 1 offline, 2 away, 3 online, 4 do not disturb.
-- Updates may overtake each other on their way: a member row has the highest version that arrived.
local call = redis.call
local STATUS_NAMES = {'offline', 'away', 'online', 'dnd'}
local EXPIRES_AT, STATUS = 1, 2

local function unpack_row(packed)
  local is_readable, row = pcall(cmsgpack.unpack, packed or '')
  local is_row = is_readable and type(row) == 'table' and type(row.c) == 'table' and type(row.o) == 'table'
  return is_row and row or {c = {}, o = {0, 0}}
end

local function override_of(row)
  local ends_at = row.o[2]
  return (ends_at == 0 or ends_at > now) and row.o[1] or 0
end

local function live_status(row)
  local status, count, changes_at = 1, 0, nil
  for _, connection in pairs(row.c) do
    if connection[EXPIRES_AT] > now then
      status = math.max(status, connection[STATUS])
      count = count + 1
      changes_at = math.min(changes_at or connection[EXPIRES_AT], connection[EXPIRES_AT])
    end
  end
  local override = override_of(row)
  if count > 0 and override > 0 then
    status = override
    if row.o[2] > 0 then changes_at = math.min(changes_at, row.o[2]) end
  end
  return status, count, changes_at
end

local function remove_expired(row)
  for id, connection in pairs(row.c) do
    if connection[EXPIRES_AT] <= now then row.c[id] = nil end
  end
end
