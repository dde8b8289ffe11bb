-- Writes what is left of users some of whose connections may have lapsed.
-- KEYS:       as presence_user.lua says, for each user
-- ARGV:       [1] as presence_user.lua says; [2] bytes of rows, after which the rest is for later
-- returns:    how many users it came to
-- complexity: O(k c) for k users with c connections each
local came, spent = 0, 0
for i = 1, math.floor(#KEYS / 2) do
  if spent > tonumber(ARGV[2]) then break end
  local u = user_at(i)
  if u.bytes > 0 then write(u, true) end
  came, spent = i, spent + u.bytes
end
return came
