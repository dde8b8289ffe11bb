-- What a user's own row says of workspaces, and how the streams that kept its connections are ended.
-- KEYS:       as presence_user.lua says
-- ARGV:       [1] as presence_user.lua says; [2] most connections a user [3] channel that streams are told on
--             [4] ms to know of streams that were ended [5] ms to say again what was left
-- defines:    owe(u, touched), states_of(u, touched): {workspace, 1 if seen there now, state, …},
--             end_stream(u, stream, why)
-- complexity: O(m) for m connections of the user in workspaces
--
-- A state is packed as a row of presence_workspace.lua is, but its connections lapse in so many µs. What
-- was left is said again by later acts, for a while: nothing else would, if the first word is lost.
local function owe(u, touched)
  local count = 0
  for workspace, seen in pairs(touched) do u.owed[workspace] = seen == 0 and now + ARGV[5] * 1000 or nil end
  for workspace in pairs(u.owed) do
    count, touched[workspace] = count + 1, touched[workspace] or 0
    if count > 100 then u.owed[workspace] = nil end
  end
end

local function states_of(u, touched)
  local found, answer = {}, {}
  for workspace in pairs(touched) do found[workspace] = {} end
  for id, connection in pairs(u.c) do
    local about = {connection[1] - now, connection[2], connection[8]}
    for _, workspace in ipairs(connection[7]) do
      if found[workspace] then found[workspace][id] = about end
    end
  end
  for workspace, c in pairs(found) do
    local at, packed = #answer, cmsgpack.pack({c = c, o = u.o, v = u.v})
    answer[at + 1], answer[at + 2], answer[at + 3] = workspace, touched[workspace], packed
  end
  return answer
end

local function end_stream(u, stream, why)
  local count, first = 0, nil
  for each, about in pairs(u.ended) do
    count = count + 1
    if not first or about[1] < u.ended[first][1] then first = each end
  end
  if count >= tonumber(ARGV[2]) then u.ended[first] = nil end
  u.ended[stream] = {now + ARGV[4] * 1000, why}
  call('PUBLISH', ARGV[3], stream)
end
