-- Stands before every script: Redis's clock, and the rule that a late write does nothing.
-- KEYS:       none of its own; of several the last is absent, as keys.py says, and the script does not see it
-- ARGV:       the last one is not_after, Redis time in integer microseconds; the script does not see it
-- defines:    now, Redis time in integer microseconds
-- complexity: O(1)
if #KEYS > 1 then table.remove(KEYS) end
local now = redis.call('TIME')
now = now[1] * 1000000 + now[2]
if now > tonumber(table.remove(ARGV)) then
  return redis.error_reply(string.format('LATE %.0f', now))
end
