-- Removes expired connections from user rows. presence_reap.lua has removed them from the member rows.
-- KEYS:       for each user as in presence_user.lua
-- ARGV:       [1] as in presence_user.lua; [2] bytes of user rows, after which the next call takes the
--             other users
-- uses:       presence_user.lua: load_user, save_user
-- returns:    number of users that it reaped, the first ones
-- complexity: O(k c) for k users with c connections each
local count, spent = 0, 0
for i = 1, math.floor(#KEYS / 2) do
  if spent > tonumber(ARGV[2]) then break end
  local user = load_user(i)
  if user.bytes > 0 then save_user(user, true) end
  count, spent = i, spent + user.bytes
end
return count
