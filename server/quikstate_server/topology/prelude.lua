-- Stands before every script: Redis's clock, and the rule that a late write does nothing.
-- KEYS:       none of its own; where there are several, the last is one that never exists, which the script
--             does not see
-- ARGV:       the last one is not_after, Redis time in integer microseconds; the script does not see it
-- defines:    now, Redis time in integer microseconds
-- complexity: O(1)
--
-- While a slot of a cluster is on its way to another node, a script begins where it finds all its keys, and
-- is broken off when it touches one that it has deleted. With a key that is nowhere it does not begin.
if #KEYS > 1 then table.remove(KEYS) end
local now = redis.call('TIME')
now = now[1] * 1000000 + now[2]
if now > tonumber(table.remove(ARGV)) then
  return redis.error_reply(string.format('LATE %.0f', now))
end
