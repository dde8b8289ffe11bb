-- Removes connections of one user at once, or lets them expire after their grace, for a reaper to remove.
-- With the last one, the user stops typing.
-- KEYS:       as in presence_user.lua; [3] typing: channel by the instant until which the user types there
-- ARGV:       [1..5] as in presence_workspace_states.lua; [6] connection or '' for all [7] grace ms
--             [8] a Connect stream, to end only connections whose last heartbeat it sent, or ''
-- uses:       presence_row.lua: call, EXPIRES_AT, remove_expired; presence_user.lua: load_user, begin_update,
--             save_user, STREAM, WORKSPACES, VERSION, BY_GATEWAY; presence_workspace_states.lua:
--             remember_left, pack_states, end_stream
-- returns:    {number of connections, pack_states, {channel in which the user typed, …}}
-- complexity: O(m) for m connections of the user in workspaces
local user, touched, count, typing = load_user(1), {}, 0, {}
local version_before = user.v

local function is_to_end(id, connection)
  local is_named = ARGV[6] == '' or ARGV[6] == id
  local is_last_heartbeat_of_stream = ARGV[8] == connection[STREAM] and connection[BY_GATEWAY] == 0
  return is_named and (ARGV[8] == '' or is_last_heartbeat_of_stream)
end

begin_update(user)
for id, connection in pairs(user.c) do
  if is_to_end(id, connection) then
    connection[EXPIRES_AT] = math.min(connection[EXPIRES_AT], now + ARGV[7] * 1000)
    connection[VERSION] = user.v
    count = count + 1
    for _, workspace in ipairs(connection[WORKSPACES]) do touched[workspace] = 0 end
    if ARGV[8] == '' and connection[STREAM] ~= '' then
      end_stream(user, connection[STREAM], 'left')
      connection[STREAM] = ''
    end
  end
end

remove_expired(user)
remember_left(user, touched)
if count > 0 then save_user(user, true) else user.v = version_before end

if not next(user.c) and call('TYPE', KEYS[3]).ok == 'zset' then
  typing = call('ZRANGE', KEYS[3], string.format('(%.0f', now), '+inf', 'BYSCORE')
  call('DEL', KEYS[3])
end
return {count, pack_states(user, touched), typing}
