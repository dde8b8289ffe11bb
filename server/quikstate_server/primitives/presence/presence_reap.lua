-- Ends what has lapsed in one workspace.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6] most users
-- returns:    {ms until the next lapses, -1 if none will, {user, …}}
-- complexity: O(m log n) for m users that lapsed of n
local w = workspace(1)
local due = call('ZRANGE', w.lapses, '-inf', string.format('%.0f', now), 'BYSCORE', 'LIMIT', 0, ARGV[6])
if #due > 0 then
  begin(w)
  for _, user in ipairs(due) do
    local row = row_of(w, user)
    settle(w, user, row)
    if row.s ~= 1 then call('ZADD', w.online, 'NX', math.floor(now / 1000000), user) end
  end
  finish(w)
end
return {next_lapse(w), due}
