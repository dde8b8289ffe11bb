-- The states of a user in workspaces, for the member rows; and the end of streams that lost their connection.
-- KEYS:       as in presence_user.lua
-- ARGV:       [1] as in presence_user.lua; [2] max connections of a user [3] channel for the ids of ended
--             streams [4] ms to remember ended streams [5] ms to send the state of a left workspace again
-- uses:       presence_row.lua: call, EXPIRES_AT, STATUS; presence_user.lua: WORKSPACES, VERSION
-- defines:    remember_left(user, touched), pack_states(user, touched): {workspace, 1 if seen there now,
--             state, …}, end_stream(user, stream, reason)
-- complexity: O(m) for m connections of the user in workspaces
--
-- `touched` has the workspaces of an update: workspace = 1 if the user was seen there now, else 0.
-- A state is packed as a member row is, but with the µs until a connection expires.
-- For a while, later updates send the state of a left workspace again, in case that the first one is lost.
local MAX_LEFT_WORKSPACES = 100

local function remember_left(user, touched)
  for workspace, seen in pairs(touched) do
    user.left_workspaces[workspace] = seen == 0 and now + ARGV[5] * 1000 or nil
  end
  local count = 0
  for workspace in pairs(user.left_workspaces) do
    count = count + 1
    touched[workspace] = touched[workspace] or 0
    if count > MAX_LEFT_WORKSPACES then user.left_workspaces[workspace] = nil end
  end
end

local function pack_states(user, touched)
  local connections, states = {}, {}
  for workspace in pairs(touched) do connections[workspace] = {} end
  for id, connection in pairs(user.c) do
    local state = {connection[EXPIRES_AT] - now, connection[STATUS], connection[VERSION]}
    for _, workspace in ipairs(connection[WORKSPACES]) do
      if connections[workspace] then connections[workspace][id] = state end
    end
  end
  for workspace, c in pairs(connections) do
    states[#states + 1] = workspace
    states[#states + 1] = touched[workspace]
    states[#states + 1] = cmsgpack.pack({c = c, o = user.o, v = user.v})
  end
  return states
end

local function end_stream(user, stream, reason)
  local count, oldest = 0, nil
  for other, ended in pairs(user.ended_streams) do
    count = count + 1
    if not oldest or ended[1] < user.ended_streams[oldest][1] then oldest = other end
  end
  if count >= tonumber(ARGV[2]) then user.ended_streams[oldest] = nil end
  user.ended_streams[stream] = {now + ARGV[4] * 1000, reason}
  call('PUBLISH', ARGV[3], stream)
end
