-- Connections of one user end, at once or when their grace is over; with the last one what the user types.
-- KEYS:       as presence_user.lua says; [3] typing: channel by the instant until which it counts
-- ARGV:       [1..5] as presence_states.lua says; [6] connection or '' for all [7] grace ms
--             [8] the stream whose own word it is, or ''
-- returns:    {how many there were, what states_of says, {channel in which the user types, …}}
-- complexity: O(m) for m connections of the user in workspaces
local u, touched, count, typing = user_at(1), {}, 0, {}
local before = u.v
act(u)
for id, connection in pairs(u.c) do
  local its_own = ARGV[8] == connection[6] and connection[9] == 0
  if (ARGV[6] == '' or ARGV[6] == id) and (ARGV[8] == '' or its_own) then
    connection[1], connection[8], count = math.min(connection[1], now + ARGV[7] * 1000), u.v, count + 1
    for _, workspace in ipairs(connection[7]) do touched[workspace] = 0 end
    if ARGV[8] == '' and connection[6] ~= '' then
      end_stream(u, connection[6], 'left')
      connection[6] = ''
    end
  end
end
prune(u)
owe(u, touched)
if count > 0 then write(u, true) else u.v = before end
if not next(u.c) and call('TYPE', KEYS[3]).ok == 'zset' then
  typing = call('ZRANGE', KEYS[3], string.format('(%.0f', now), '+inf', 'BYSCORE')
  call('DEL', KEYS[3])
end
return {count, states_of(u, touched), typing}
