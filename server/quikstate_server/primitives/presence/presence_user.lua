-- What is known of a user: the connections in all workspaces, the override, and when the user was last seen.
-- KEYS:       per user 2: [1] the seed's status [2] presence
-- ARGV:       [1] ms to keep it after the user was last seen
-- defines:    user_at(i): with its `bytes`, act(u): a new version, write(u, anyway): nil if it cannot
-- complexity: O(m) for m connections of the user in workspaces
--
-- status    string  the seed's key: offline, away, online or dnd; it lapses with the last connection
-- presence  string  packed: a row, whose connections are {lapses µs, status, device, since µs, metadata,
--                   stream, {workspace, …}, version of its last act, 1 if it was not the stream's}; seen µs;
--                   ended: stream that keeps its connection no more = {until µs, 'left' or 'taken'};
--                   owed: workspace that was left, and is said again until µs

local function user_at(i)
  local packed = call('GET', KEYS[2 * i]) or ''
  local u = unpacked(packed)
  u.bytes = #packed
  u.status, u.presence, u.v = KEYS[2 * i - 1], KEYS[2 * i], u.v or 0
  u.ended, u.owed = u.ended or {}, u.owed or {}
  prune(u)
  for workspace, ends in pairs(u.owed) do
    if ends <= now then u.owed[workspace] = nil end
  end
  for stream, about in pairs(u.ended) do
    if about[1] <= now then u.ended[stream] = nil end
  end
  return u
end

local function act(u) u.v = math.max(u.v + 1, now) end

local function write(u, anyway)
  local last, status, count = now, live(u)
  for _, connection in pairs(u.c) do last = math.max(last, connection[1]) end
  local lapses = count > 0 and string.format('%.0f', math.floor(last / 1000)) or nil
  -- With GET it fails where the key holds anything else than a string.
  local when, time = lapses and 'PXAT' or 'PX', lapses or ARGV[1]
  local done = redis.pcall('SET', u.status, WORDS[status], when, time, 'GET')
  if type(done) == 'table' and done.err then
    if not done.err:find('WRONGTYPE', 1, true) then error(done) elseif not anyway then return nil end
  end
  local ended, owed = next(u.ended) and u.ended, next(u.owed) and u.owed
  local row = {c = u.c, o = u.o, seen = u.seen, v = u.v, ended = ended, owed = owed}
  call('SET', u.presence, cmsgpack.pack(row), 'PX', ARGV[1])
  return status
end
