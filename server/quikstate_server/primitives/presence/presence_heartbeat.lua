-- Keeps connections of users alive for their TTL.
-- KEYS:       for each connection as in presence_user.lua
-- ARGV:       [1..5] as in presence_workspace_states.lua; [6] bytes of user rows, after which the other users
--             are left for later [7..] for each connection 8 and its workspaces: id, status, ttl ms, device,
--             metadata, stream or '', 1 if the stream renews it, number of workspaces, workspace, …
-- uses:       presence_row.lua: live_status; presence_user.lua: load_user, begin_update, save_user,
--             CONNECTED_AT, STREAM, WORKSPACES; presence_workspace_states.lua: remember_left, pack_states,
--             end_stream
-- returns:    for each connection 'later', or why it does not live ('full', 'key_type_conflict', 'left' or
--             'taken_over'); else {}, at the last connection of a user the result of pack_states for all
-- complexity: O(k + m) for k heartbeats of users with m connections in workspaces
local results, users, ordered, spent = {}, {}, {}, 0

local function user_at(i)
  local key = KEYS[2 * i]
  if users[key] then return users[key] end
  local user = spent > tonumber(ARGV[6]) and {c = {}, is_later = true} or load_user(i)
  if not user.is_later then begin_update(user) end
  user.touched, user.written = {}, {}
  users[key], ordered[#ordered + 1] = user, user
  return user
end

local function refusal(user, old, stream, is_renewal)
  if user.is_later then return 'later' end
  if user.ended_streams[stream] then return user.ended_streams[stream][2] end
  if is_renewal and old and old[STREAM] ~= '' and old[STREAM] ~= stream then return 'taken_over' end
  return not old and select(2, live_status(user)) >= tonumber(ARGV[2]) and 'full'
end

local position = 7
for i = 1, math.floor(#KEYS / 2) do
  local id, metadata, stream = ARGV[position], ARGV[position + 4], ARGV[position + 5]
  local count, workspaces = tonumber(ARGV[position + 7]), {}
  local user = user_at(i)
  local old = user.c[id]
  results[i] = refusal(user, old, stream, ARGV[position + 6] == '1') or {}
  if type(results[i]) == 'table' then
    spent, user.bytes = spent + user.bytes + #metadata + 64 * count, 0
    local owner = old and old[STREAM] or ''
    if owner ~= '' and stream ~= '' and owner ~= stream then end_stream(user, owner, 'taken_over') end
    for _, left in ipairs(old and old[WORKSPACES] or {}) do user.touched[left] = user.touched[left] or 0 end
    for n = 1, count do workspaces[n], user.touched[ARGV[position + 7 + n]] = ARGV[position + 7 + n], 1 end
    user.c[id] = {now + ARGV[position + 2] * 1000, tonumber(ARGV[position + 1]), ARGV[position + 3],
                  old and old[CONNECTED_AT] or now, metadata, stream ~= '' and stream or owner, workspaces,
                  user.v, stream == '' and 1 or 0}
    user.seen, user.written[#user.written + 1] = now, i
  end
  position = position + 8 + count
end

for _, user in ipairs(ordered) do
  if #user.written > 0 then
    remember_left(user, user.touched)
    local is_saved = save_user(user)
    for _, i in ipairs(user.written) do results[i] = is_saved and {} or 'key_type_conflict' end
    if is_saved then results[user.written[#user.written]] = pack_states(user, user.touched) end
  end
end
return results
