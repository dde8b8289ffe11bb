-- Writes what is left of users some of whose connections may have lapsed.
-- KEYS:       as presence_user.lua says, for each user
-- ARGV:       [1] as presence_user.lua says
-- returns:    how many users were written
-- complexity: O(k c) for k users with c connections each
local written = 0
for i = 1, math.floor(#KEYS / 2) do
  if call('EXISTS', KEYS[2 * i]) == 1 then
    write(user_at(i), true)
    written = written + 1
  end
end
return written
