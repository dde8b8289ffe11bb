-- Reads what is revoked of tokens: by their ids, and by the marks of their users.
-- KEYS:       keys of tokens, and the not_before of users
-- ARGV:       for each key `jti`, or `device:D` for a user's mark
-- returns:    {now us, 1 if the token is revoked, else 0, or the user's last mark, …}
-- complexity: O(n log m) for n keys with m marks each
local reply = {string.format('%.0f', now)}
for i, key in ipairs(KEYS) do
  if ARGV[i] == 'jti' then
    reply[i + 1] = redis.call('EXISTS', key)
  else
    local last_mark = 0
    local marks = redis.call('ZMSCORE', key, 'user', 'tokens', ARGV[i])
    for n = 1, 3 do last_mark = math.max(last_mark, tonumber(marks[n] or 0)) end
    reply[i + 1] = string.format('%.0f', math.min(last_mark, 2 ^ 53))
  end
end
return reply
