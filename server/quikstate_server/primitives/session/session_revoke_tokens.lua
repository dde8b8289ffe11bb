-- Revokes tokens by their ids, each until it expires.
-- KEYS:       the tokens' keys
-- ARGV:       [1] us that a token may live at most [2] ms to remember tokens of unknown expiry; [3..] for
--             each token the ms at which it expires, or ''
-- returns:    {1 if the token is revoked, 0 if it expires too late, …}
-- complexity: O(n) for n tokens
local latest_us, unknown_expiry_ms, results = now + ARGV[1], ARGV[2], {}
for i, key in ipairs(KEYS) do
  local expires_ms = ARGV[i + 2]
  results[i] = 1
  if expires_ms == '' then
    redis.call('SET', key, 'revoked', 'PX', unknown_expiry_ms)
  elseif tonumber(expires_ms) * 1000 > latest_us then
    results[i] = 0
  elseif tonumber(expires_ms) * 1000 > now then
    redis.call('SET', key, 'revoked', 'PXAT', expires_ms)
  end
end
return results
