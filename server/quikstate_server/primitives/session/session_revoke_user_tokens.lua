-- Revokes all tokens of a user that were issued before an instant.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1] the instant, or '' for now [2] us that it is remembered
-- returns:    the mark: the last instant whose tokens are revoked
-- complexity: O(log n) for n marks
local memory = tonumber(ARGV[2])
local mark = math.max(math.min(tonumber(ARGV[1]) or now + 1, now + 1) - 1, score(not_before, 'tokens'))
call('ZREMRANGEBYSCORE', not_before, '-inf', text(now - memory))
call('ZADD', not_before, text(mark), 'tokens')
last(not_before, now + memory)
say({kind = 'tokens', mark = text(mark)})
return text(mark)
