-- Decides on hits and charges what passes: all or none, or each by itself, in their order.
-- KEYS:       [1..n] where each hit's limit keeps its state; [n+1] the request's memory, if it has an id
-- ARGV:       [1] '1' all or none, '0' each by itself [2] '1' to charge nothing [3] ms to remember the
--             answer [4] the request's fingerprint [5] how many rules; then 4 a rule: algorithm, limit,
--             window µs, capacity; then 2 a hit: the number of its rule, cost
-- returns:    3 a hit: µs until it fits (0: it does, -1: never, -2: its key is foreign), what is left,
--             µs until full; nothing at all if the id was another request's
-- complexity: O(n), and what the algorithms say of one hit, whatever it costs
local all, memory_ms, fingerprint, count = ARGV[1] == '1', ARGV[3], ARGV[4], (#ARGV - last_rule) / 2
local memory = KEYS[count + 1]
local known = memory and redis.call('GET', memory)
if known then
  known = cmsgpack.unpack(known)
  return known[1] == fingerprint and known[2] or {}
end

local all_pass = true
for i = 1, count do
  local passes = judge(i, all)
  all_pass = all_pass and passes
  if not all then settle(i, passes) end
end
for i = 1, all and all_pass and count or 0 do charge(i, states[KEYS[i]]) end
for i = 1, all and count or 0 do settle(i, false) end
if not dry then save() end

if memory then redis.call('SET', memory, cmsgpack.pack({fingerprint, answer}), 'PX', memory_ms) end
return answer
