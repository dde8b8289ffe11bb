-- Decides on hits and charges what passes: all or none, or each by itself, in their order.
-- KEYS:       [1..n] where each hit's limit keeps its state; [n+1] the request's memory, if it has an id
-- ARGV:       [1] '1' all or none, '0' each by itself [2] '1' to charge nothing [3] ms to remember the
--             reply [4] the request's fingerprint [5] the number of rules; then 4 a rule: algorithm, limit,
--             window in µs, capacity; then 2 a hit: the number of its rule, cost
-- returns:    3 a hit: µs until it fits (0: now, -1: never, -2: its key holds a value of another type), what
--             is left, µs until full; nothing if the id is another request's, nil if its memory is of another
--             type
-- uses:       rate_limit_request.lua: all_or_nothing, dry_run, memory_ms, fingerprint, hit_count, memory_key
--             rate_limit_decide_hit.lua: states, reply, decide_hit, charge_hit
--             rate_limit_report_hit.lua: report_hit, save_states
-- complexity: O(n), and what the algorithms say of one hit, whatever it costs
local memory = memory_key and redis.pcall('GET', memory_key)
if memory then
  if memory.err and not string.find(memory.err, '^WRONGTYPE') then error(memory) end
  local is_readable, remembered = pcall(cmsgpack.unpack, memory)
  if not is_readable or type(remembered) ~= 'table' then return nil end
  return remembered[1] == fingerprint and remembered[2] or {}
end

if all_or_nothing then
  local all_pass = true
  for i = 1, hit_count do
    local passes = decide_hit(i)
    all_pass = all_pass and passes
  end
  if all_pass then
    for i = 1, hit_count do charge_hit(i, states[KEYS[i]]) end
  end
  for i = 1, hit_count do report_hit(i) end
else
  for i = 1, hit_count do
    if decide_hit(i) then charge_hit(i, states[KEYS[i]]) end
    report_hit(i)
  end
end
if not dry_run then save_states() end

if memory_key then redis.call('SET', memory_key, cmsgpack.pack({fingerprint, reply}), 'PX', memory_ms) end
return reply
