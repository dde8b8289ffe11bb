-- Judges a fencing token, and remembers an accepted one above all known ones: so lost tokens are relearned.
-- KEYS:       [1] fence
-- ARGV:       [1] failover epoch [2] epoch of the token [3] seq of the token [4] ms to remember it
-- returns:    {1 if accepted else 0, epoch, seq of the lowest token that is not stale}
-- uses:       lock_fencing_tokens.lua: format_integer, format_token, read_tokens
-- complexity: O(1)
local given_epoch, given_seq = tonumber(ARGV[2]), tonumber(ARGV[3])
local last_epoch, last_seq, lowest_epoch, lowest_seq = read_tokens(KEYS[1])

local function is_below(epoch, seq, other_epoch, other_seq)
  return epoch < other_epoch or (epoch == other_epoch and seq < other_seq)
end

local function verdict(is_accepted)
  return {is_accepted and 1 or 0, lowest_epoch, format_integer(lowest_seq)}
end

if is_below(given_epoch, given_seq, lowest_epoch, lowest_seq) then return verdict(false) end
if not is_below(last_epoch, last_seq, given_epoch, given_seq) then return verdict(true) end

-- Besides the known tokens none was granted in a later epoch, or at a later instant, than Redis's now.
local max_epoch, max_seq = math.max(last_epoch, tonumber(ARGV[1])), math.max(last_seq, now)
if given_epoch > max_epoch or given_seq > max_seq then return verdict(false) end

lowest_epoch, lowest_seq = given_epoch, given_seq
local token = format_token(given_epoch, given_seq)
redis.call('SET', KEYS[1], token .. ' ' .. token, 'PX', ARGV[4])
return verdict(true)
