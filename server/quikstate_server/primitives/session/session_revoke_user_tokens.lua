-- Revokes all tokens of a user that were issued before an instant.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       [1] the instant, or '' for now [2] us for which the mark is remembered
-- returns:    the mark: the last instant whose tokens are revoked
-- uses:       session_user_index.lua: format_integer, score_of, publish_event;
--             session_revocation_marks.lua: set_mark, choose_token_mark
-- complexity: O(log n) for n marks
local instant, memory = tonumber(ARGV[1]), tonumber(ARGV[2])
local mark = instant and instant <= now and instant - 1 or choose_token_mark()
mark = math.max(mark, score_of(not_before, 'tokens'))
set_mark('tokens', mark, memory, math.huge)
publish_event({kind = 'tokens', mark = format_integer(mark)})
return format_integer(mark)
