-- Writes a session, unless it is there or was: a repeat changes nothing, and brings nothing back.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       [1] instant it ends for good [2] instant it ends unless it was touched, or 0 [3] version
--             [4] channel of the user's events [5] event, or ''; [6..] what session_state.lua sets
-- returns:    {'live', now us, ms until it lapses, {field, value, …}}, or {'ended'}
-- complexity: O(n) for n fields
local expires, idle_ends, version, channel, event = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local ends = idle_ends > 0 and math.min(expires, idle_ends) or expires
local known = call('EXISTS', session) == 1
if not known and (ends <= now or call('EXISTS', rotated) == 1) then return {'ended'} end
if not known or tonumber(call('HGET', session, 'version') or 0) < version then
  if known then call('DEL', session) end  -- a successor whose predecessor was updated meanwhile
  set(6)
  call('PEXPIREAT', session, text(math.ceil(ends / 1000)))
end
if event ~= '' and not known then call('PUBLISH', channel, event) end
return {'live', live()}
