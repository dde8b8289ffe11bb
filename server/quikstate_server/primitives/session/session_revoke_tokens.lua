-- Revokes tokens by their ids, each until it expires.
-- KEYS:       the tokens' keys
-- ARGV:       [1] us that a token may live at most [2] ms to remember those of unknown expiry; [3..] for each token
--             the ms at which it expires, or ''
-- returns:    {1 if it is revoked, 0 if it expires too late, …}
-- complexity: O(n) for n tokens
local longest, otherwise, done = now + ARGV[1], ARGV[2], {}
for i, key in ipairs(KEYS) do
  local expires = ARGV[i + 2]
  done[i] = 1
  if expires == '' then redis.call('SET', key, 'revoked', 'PX', otherwise)
  elseif tonumber(expires) * 1000 > longest then done[i] = 0
  elseif tonumber(expires) * 1000 > now then redis.call('SET', key, 'revoked', 'PXAT', expires) end
end
return done
