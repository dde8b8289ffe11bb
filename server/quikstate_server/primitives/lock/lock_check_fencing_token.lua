-- Judges a token, and remembers an accepted one that is above all known: what was lost is relearned.
-- KEYS:       [1] fence
-- ARGV:       [1] epoch of the token [2] its seq [3] ms to remember it
-- returns:    {1 if accepted else 0, epoch, seq of the lowest token that is not stale}
-- complexity: O(1)
local fence, given_epoch, given = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local known = redis.call('GET', fence) or '0 0 0 0'
local epoch, last, low_epoch, low = known:match('(%d+) (%d+) (%d+) (%d+)')
local function below(e, s, other_epoch, other)
  return e < other_epoch or (e == other_epoch and s < other)
end
if below(given_epoch, given, tonumber(low_epoch), tonumber(low)) then return {0, low_epoch, low} end
if below(tonumber(epoch), tonumber(last), given_epoch, given) then
  local token = string.format('%d %.0f', given_epoch, given)
  redis.call('SET', fence, token .. ' ' .. token, 'PX', ARGV[3])
  return {1, string.format('%d', given_epoch), string.format('%.0f', given)}
end
return {1, low_epoch, low}
