-- Revokes all tokens of a user that were issued before an instant.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1] the instant, or '' for now [2] us that it is remembered
-- returns:    the mark: the last instant whose tokens are revoked
-- complexity: O(log n) for n marks
local instant, memory = tonumber(ARGV[1]), tonumber(ARGV[2])
local mark = instant and instant <= now and instant - 1 or token_mark()
mark = math.max(mark, score(not_before, 'tokens'))
remember('tokens', mark, memory, math.huge)
say({kind = 'tokens', mark = text(mark)})
return text(mark)
