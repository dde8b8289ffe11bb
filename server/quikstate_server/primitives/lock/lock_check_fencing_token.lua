-- Judges a token, and remembers an accepted one that is above all known: what was lost is relearned.
-- KEYS:       [1] fence
-- ARGV:       [1] epoch [2] epoch of the token [3] its seq [4] ms to remember it
-- returns:    {1 if accepted else 0, epoch, seq of the lowest token that is not stale}
-- complexity: O(1)
-- None was given of a later epoch, or by a later clock than Redis's is now, but those that are known.
local given_epoch, given = tonumber(ARGV[2]), tonumber(ARGV[3])
local epoch, last, low_epoch, low = known_tokens(KEYS[1])
local function below(e, s, other_epoch, other)
  return e < other_epoch or (e == other_epoch and s < other)
end
local function judged(accepted) return {accepted, low_epoch, string.format('%.0f', low)} end
if below(given_epoch, given, low_epoch, low) then return judged(0) end
if not below(epoch, last, given_epoch, given) then return judged(1) end
if given_epoch > math.max(epoch, tonumber(ARGV[1])) or given > math.max(last, now) then return judged(0) end
low_epoch, low = given_epoch, given
local token = string.format('%d %.0f', given_epoch, given)
redis.call('SET', KEYS[1], token .. ' ' .. token, 'PX', ARGV[4])
return judged(1)
