-- Decides on hits and charges what passes: all or none, or each by itself, in their order.
-- KEYS:       [1..n] where each hit's limit keeps its state; [n+1] the stored reply, if the request has an id
-- ARGV:       [1] '1' all or none, '0' each by itself [2] '1' to save nothing [3] ms to store the
--             reply [4] the request's fingerprint [5] the number of rules; then 4 a rule: algorithm, limit,
--             window in µs, capacity; then 2 a hit: the number of its rule, cost
-- returns:    3 a hit: µs until it fits (0: now, -1: never, -2: its key holds a value of another type), what
--             is left, µs until full; nothing if another request had the id before, nil if the key of
--             the stored reply holds another type
-- uses:       rate_limit_arguments.lua: all_or_nothing, dry_run, reply_ms, fingerprint, hit_count, reply_key
--             rate_limit_decide_hit.lua: states, reply, decide_hit, charge_hit
--             rate_limit_report_hit.lua: report_hit, save_states
-- complexity: O(n), and what the algorithms say of one hit, whatever it costs
local packed = reply_key and redis.pcall('GET', reply_key)
if packed then
  if packed.err and not string.find(packed.err, '^WRONGTYPE') then error(packed) end
  local is_readable, stored_reply = pcall(cmsgpack.unpack, packed)
  if not is_readable or type(stored_reply) ~= 'table' then return nil end
  return stored_reply[1] == fingerprint and stored_reply[2] or {}
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

if reply_key then redis.call('SET', reply_key, cmsgpack.pack({fingerprint, reply}), 'PX', reply_ms) end
return reply
