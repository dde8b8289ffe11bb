-- Puts a status over that of one user's connections.
-- KEYS:       as presence_user.lua says
-- ARGV:       [1] as presence_user.lua says; [2] override, 0 for none [3] ms it lasts, 0 until it is set again
-- returns:    {status, until µs, set µs, {workspace, …}}
-- complexity: O(c) for c connections of the user
local u, lasts = user_at(1), tonumber(ARGV[3])
local set = math.max(now, u.o[3] + 1)
u.o = {tonumber(ARGV[2]), lasts > 0 and now + lasts * 1000 or 0, set}
local status = write(u)
return {status, string.format('%.0f', u.o[2]), string.format('%.0f', set), workspaces_of(u)}
