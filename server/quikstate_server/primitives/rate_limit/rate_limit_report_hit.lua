-- Reports what the limit of a hit has left once hits are charged, and writes the states.
-- KEYS:       [i] where the limit of hit i keeps its state
-- ARGV:       none of its own
-- defines:    report_hit(i), which fills the other two thirds of the reply; save_states(), which writes each
--             state once, however many hits it had
-- uses:       rate_limit_decide_hit.lua: states, rule_of, cost_of, reply
-- complexity: O(1), and what the algorithm says
local last_rule_on = {} -- by key: the rule of the last hit whose cost was not 0

local function report_hit(i)
  local key, rule, remaining, full_after, _ = KEYS[i], rule_of[i], 0, 0
  local state = states[key]
  if not state.is_wrong_type then
    if cost_of[i] ~= 0 then
      last_rule_on[key] = rule
      if rule.algorithm.note_hit then rule.algorithm.note_hit(state, rule) end
    end
    _, remaining, full_after = rule.algorithm.evaluate(state, rule, 0)
  end
  reply[3 * i - 1], reply[3 * i] = remaining, full_after
end

-- Writes each state that was charged, and in two cases one that was not: if it is ahead of the clock, which
-- went back, since it would deny hits until the clock catches up; and if its algorithm has note_hit(), by
-- which a denied hit may extend the TTL of the key.
local function save_states()
  for key, rule in pairs(last_rule_on) do
    local state, algorithm = states[key], rule.algorithm
    if state.is_charged or state.is_ahead or algorithm.note_hit then
      algorithm.save_state(key, state, rule)
    end
  end
end
