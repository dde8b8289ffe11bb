-- What is known of a user: the connections in all workspaces, the override, and when the user was last seen.
-- KEYS:       per user 2: [1] the seed's status [2] presence
-- ARGV:       [1] ms to keep it after the user was last seen
-- defines:    user_at(i), write(u): status, workspaces_of(u)
-- complexity: O(c) for c connections of the user
--
-- status    string  the seed's key: offline, away, online or dnd; it lapses with the last connection
-- presence  string  packed: a row, whose connections are {lapses µs, status, device, since µs, metadata,
--                   stream, {workspace, …}}; seen, in µs
local WORDS = {'offline', 'away', 'online', 'dnd'}

local function user_at(i)
  local u = unpacked(call('GET', KEYS[2 * i]))
  u.status, u.presence = KEYS[2 * i - 1], KEYS[2 * i]
  return u
end

local function write(u)
  prune(u)
  local last = now
  for _, connection in pairs(u.c) do last = math.max(last, connection[1]) end
  local status, count = live(u)
  local lapses = count > 0 and string.format('%.0f', math.floor(last / 1000)) or nil
  call('SET', u.status, WORDS[status], lapses and 'PXAT' or 'PX', lapses or ARGV[1])
  call('SET', u.presence, cmsgpack.pack({c = u.c, o = u.o, seen = u.seen}), 'PX', ARGV[1])
  return status
end

local function workspaces_of(u)
  local found, list = {}, {}
  for _, connection in pairs(u.c) do
    for _, id in ipairs(connection[7]) do
      if not found[id] then found[id] = true list[#list + 1] = id end
    end
  end
  return list
end
