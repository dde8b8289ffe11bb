-- Reads the rules of a request. An algorithm is created for the first rule that uses it: creation takes time.
-- KEYS:       as rate_limit_check.lua says
-- ARGV:       as rate_limit_check.lua says
-- defines:    rules, by their numbers as text: {algorithm, limit, window in µs, capacity}
-- uses:       rate_limit_arguments.lua: last_rule_index
--             rate_limit_token_bucket.lua: token_bucket
--             rate_limit_fixed_window.lua: fixed_window
--             rate_limit_sliding_window_log.lua: sliding_window_log
--             rate_limit_sliding_window_counter.lua: sliding_window_counter
-- complexity: O(rules)
--
-- An algorithm has these functions; a state is a table that only its algorithm understands:
--   read_state(key, rule)         returns the state; nil if the key has a value of another type. `is_ahead`
--                                 of a state says that it is ahead of the clock, which went back
--   evaluate(state, rule, cost)   returns µs until the cost fits (0: now), what is left, µs until full.
--                                 `pending` units are charged only in this copy of the state, and will be
--                                 charged for real
--   charge(state, rule, cost)     changes the state
--   save_state(key, state, rule)  writes the state
--   note_hit(state, rule)         optional: called for a hit whose cost is not 0; then save_state is called
--                                 too, even if nothing was charged
local rules, algorithms = {}, {}
local constructors = {
  token_bucket = token_bucket,
  fixed_window = fixed_window,
  shared_fixed_window = fixed_window,
  sliding_window_log = sliding_window_log,
  sliding_window_counter = sliding_window_counter,
}

for index = 6, last_rule_index, 4 do
  local name = ARGV[index]
  algorithms[name] = algorithms[name] or constructors[name](name)
  rules[tostring((index - 2) / 4)] = {
    algorithm = algorithms[name],
    limit = tonumber(ARGV[index + 1]),
    window = tonumber(ARGV[index + 2]),
    capacity = tonumber(ARGV[index + 3]),
  }
end
