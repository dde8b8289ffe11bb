-- How a user is, by the connections that a row has: the user's own row, or the one in a workspace.
-- KEYS:       none of its own
-- ARGV:       none of its own
-- defines:    WORDS, unpacked(packed), override_of(row), prune(row), live(row): status, connections, change
-- complexity: O(c) for c connections of the user
--
-- A row is packed {c = {connection = {lapses µs, status, …}}, o = {override, until µs or 0}, v = version}.
-- A status is 1 offline, 2 away, 3 online, 4 do not disturb; as an override also 0, none.
-- Each act on a user's own row has a higher version than those before. The row in a workspace is what
-- that row said of it with the highest version that has come: acts may overtake each other.
local call, WORDS = redis.call, {'offline', 'away', 'online', 'dnd'}

local function unpacked(packed)
  local readable, row = pcall(cmsgpack.unpack, packed or '')
  local whole = readable and type(row) == 'table' and type(row.c) == 'table' and type(row.o) == 'table'
  return whole and row or {c = {}, o = {0, 0}}
end

local function override_of(row)
  local ends = row.o[2]
  return (ends == 0 or ends > now) and row.o[1] or 0
end

local function live(row)
  local status, count, changes = 1, 0, nil
  for _, connection in pairs(row.c) do
    if connection[1] > now then
      status, count = math.max(status, connection[2]), count + 1
      changes = math.min(changes or connection[1], connection[1])
    end
  end
  local override = override_of(row)
  if count > 0 and override > 0 then
    status = override
    if row.o[2] > 0 then changes = math.min(changes, row.o[2]) end
  end
  return status, count, changes
end

local function prune(row)
  for id, connection in pairs(row.c) do
    if connection[1] <= now then row.c[id] = nil end
  end
end
