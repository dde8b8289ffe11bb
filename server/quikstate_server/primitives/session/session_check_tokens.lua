-- Tells what is revoked of tokens: by their ids, and of their users.
-- KEYS:       keys of tokens, and the not_before of users
-- ARGV:       for each key `jti`, or `device:D` for a user's mark
-- returns:    {now us, 1 if the token is revoked, else 0, or the user's last mark, …}
-- complexity: O(n log m) for n keys with m marks each
local call, told = redis.call, {string.format('%.0f', now)}
for i, key in ipairs(KEYS) do
  if ARGV[i] == 'jti' then
    told[i + 1] = call('EXISTS', key)
  else
    local mark = 0
    local marks = call('ZMSCORE', key, 'user', 'tokens', ARGV[i])
    for n = 1, 3 do mark = math.max(mark, tonumber(marks[n] or 0)) end
    told[i + 1] = string.format('%.0f', math.min(mark, 2 ^ 53))
  end
end
return told
