-- Deletes what is kept of a user who has no connection. Of streams that lost theirs, it keeps that they did.
-- KEYS:       as in presence_user.lua
-- ARGV:       [1] as in presence_user.lua
-- uses:       presence_row.lua: call; presence_user.lua: load_user
-- returns:    1, or 0 if a connection lives
-- complexity: O(m) for m connections of the user in workspaces
local user, last = load_user(1), 0
if next(user.c) then return 0 end
call('DEL', user.status_key) -- whatever a raw Redis client has made of it
for _, ended in pairs(user.ended_streams) do last = math.max(last, ended[1]) end
if last > 0 then
  local row = {c = {}, o = {0, 0}, v = user.v, ended_streams = user.ended_streams}
  call('SET', user.presence_key, cmsgpack.pack(row), 'PXAT', string.format('%.0f', math.ceil(last / 1000)))
else
  call('DEL', user.presence_key)
end
return 1
