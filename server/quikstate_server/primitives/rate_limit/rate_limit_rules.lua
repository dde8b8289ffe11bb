-- Reads the rules of a request; an algorithm is made when the first of them asks for it, since that costs.
-- KEYS:       as rate_limit_check.lua says
-- ARGV:       as rate_limit_check.lua says
-- defines:    rules, by their numbers as text; last_rule, the last ARGV that is part of one
-- returns:    as rate_limit_check.lua says
-- complexity: O(rules)
--
-- What an algorithm is made of, for states of its own that `read` gives:
--   read(key, rule)          the state as it stands; nil if the key holds something else; with `astray` if it
--                            is ahead of the clock, which went back
--   look(state, rule, cost)  µs until the cost fits (0: it does), what is left, µs until full; `pending` of
--                            the state is what was charged only to foresee, and comes again with the cost
--   charge(state, rule, cost), save(key, state, rule)
--   keep(key, state, rule)   if it has one: called instead of save() where nothing was charged
-- A state is given `lowest`, the lowest limit of the hits that were more than a look.
local last_rule, rules, algorithms = 5 + 4 * ARGV[5], {}, {}
local makers = {token_bucket = token_bucket, fixed_window = fixed_window, shared_fixed_window = fixed_window,
  sliding_window_log = sliding_window_log, sliding_window_counter = sliding_window_counter}

for at = 6, last_rule, 4 do
  local name = ARGV[at]
  algorithms[name] = algorithms[name] or makers[name](name)
  rules[tostring((at - 2) / 4)] = {algorithm = algorithms[name], limit = tonumber(ARGV[at + 1]),
    window = tonumber(ARGV[at + 2]), capacity = tonumber(ARGV[at + 3])}
end
