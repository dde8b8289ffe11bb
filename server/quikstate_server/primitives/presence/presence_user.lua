-- The user row: the connections in all workspaces, the override, and when the user was last seen.
-- KEYS:       for each user 2: [1] status [2] presence
-- ARGV:       [1] ms to keep the row after the user was last seen
-- uses:       presence_row.lua: call, STATUS_NAMES, EXPIRES_AT, unpack_row, live_status, remove_expired
-- defines:    DEVICE to BY_GATEWAY, load_user(i): the row without what has expired, its size in `bytes`;
--             begin_update(user), save_user(user, force): the status, nil if `status` has another type
-- complexity: O(m) for m connections of the user in workspaces
--
-- status    string  legacy key: offline, away, online or dnd; expires with the last connection
-- presence  string  user row. A connection is {expires at µs, status, device, connected at µs, metadata,
--                   stream, {workspace, …}, version of its last update, 1 if a gateway sent that}; seen: µs;
--                   ended_streams: stream that lost its connection = {until µs, 'left' or 'taken_over'};
--                   left_workspaces: workspace = until µs: its state is sent there again until then
local DEVICE, CONNECTED_AT, METADATA, STREAM, WORKSPACES, VERSION, BY_GATEWAY = 3, 4, 5, 6, 7, 8, 9

local function load_user(i)
  local packed = call('GET', KEYS[2 * i]) or ''
  local user = unpack_row(packed)
  user.bytes = #packed
  user.status_key, user.presence_key = KEYS[2 * i - 1], KEYS[2 * i]
  user.v = user.v or 0
  user.ended_streams, user.left_workspaces = user.ended_streams or {}, user.left_workspaces or {}
  remove_expired(user)
  for workspace, ends_at in pairs(user.left_workspaces) do
    if ends_at <= now then user.left_workspaces[workspace] = nil end
  end
  for stream, ended in pairs(user.ended_streams) do
    if ended[1] <= now then user.ended_streams[stream] = nil end
  end
  return user
end

local function begin_update(user) user.v = math.max(user.v + 1, now) end

local function save_user(user, force)
  local last, status, count = now, live_status(user)
  for _, connection in pairs(user.c) do last = math.max(last, connection[EXPIRES_AT]) end
  local unit, lifetime = 'PX', ARGV[1]
  if count > 0 then unit, lifetime = 'PXAT', string.format('%.0f', math.floor(last / 1000)) end
  -- With GET, it fails if the key holds a value of another type.
  local reply = redis.pcall('SET', user.status_key, STATUS_NAMES[status], unit, lifetime, 'GET')
  if type(reply) == 'table' and reply.err then
    if not reply.err:find('WRONGTYPE', 1, true) then error(reply) elseif not force then return nil end
  end
  local row = {c = user.c, o = user.o, seen = user.seen, v = user.v}
  row.ended_streams = next(user.ended_streams) and user.ended_streams
  row.left_workspaces = next(user.left_workspaces) and user.left_workspaces
  call('SET', user.presence_key, cmsgpack.pack(row), 'PX', ARGV[1])
  return status
end
