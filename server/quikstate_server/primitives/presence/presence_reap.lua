-- Ends what has lapsed in one workspace.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6] most users
-- returns:    {ms until there is more to do, -1 if there will be nothing, {user, …}}
-- complexity: O(m log n) for m users that lapsed of n
local w = workspace(1)
local function lapsed(from, to)
  return call('ZRANGE', w.lapses, string.format('%.0f', from), string.format('%.0f', to), 'BYSCORE',
              'LIMIT', 0, ARGV[6])
end
local due, kept = lapsed(0, now), lapsed(KEPT, KEPT + now)
if #due > 0 then
  begin(w)
  for _, user in ipairs(due) do
    local row = row_of(w, user)
    settle(w, user, row)
    if row.s ~= 1 then call('ZADD', w.online, 'NX', math.floor(now / 1000000), user) end
  end
  finish(w)
end
for _, user in ipairs(kept) do
  call('HDEL', w.members, user)
  call('ZREM', w.lapses, user)
end
local next = next_lapse(w)
if next < 0 then
  local first = call('ZRANGE', w.lapses, 0, 0, 'WITHSCORES')[2]
  next = first and math.max(0, math.ceil((first - KEPT - now) / 1000)) or -1
end
return {next, due}
