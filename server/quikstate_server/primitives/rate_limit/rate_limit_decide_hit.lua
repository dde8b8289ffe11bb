-- Decides whether a hit passes, after the hits before it in the request were charged to the same limit.
-- KEYS:       [i] where the limit of hit i keeps its state
-- ARGV:       as rate_limit_check.lua says
-- defines:    states by key, rule_of[i], cost_of[i]; reply, a third of which decide_hit() fills;
--             decide_hit(i), true if hit i passes; charge_hit(i, state)
-- uses:       rate_limit_arguments.lua: all_or_nothing, last_rule_index
--             rate_limit_rules.lua: rules
-- complexity: O(1), and what the algorithm says
local states, rule_of, cost_of, reply = {}, {}, {}, {}
local last_hit_on, copied_states = {}, {} -- by key: the last hit, and a copy of the state for charge_to_copy

local function read_state(key, rule)
  local is_read, state = pcall(rule.algorithm.read_state, key, rule)
  if not is_read and not string.find(state.err or state, '^WRONGTYPE') then error(state) end
  return is_read and state or {is_wrong_type = true}
end

local function charge_hit(i, state)
  if state.is_wrong_type or cost_of[i] == 0 then return end
  rule_of[i].algorithm.charge(state, rule_of[i], cost_of[i])
  state.is_charged = true
end

-- Charges the last hit on a key to a copy of its state, and returns the copy. With all_or_nothing, all hits
-- are decided before any is charged; but each must be decided as if those before it were charged.
local function charge_to_copy(key)
  local last_hit = last_hit_on[key]
  local state = copied_states[key]
  if not state then
    state = {pending = 0}
    for name, value in pairs(states[key]) do state[name] = value end
    copied_states[key] = state
  end
  charge_hit(last_hit, state)
  state.pending = math.max(0, state.pending + cost_of[last_hit])
  return state
end

local function decide_hit(i)
  local key = KEYS[i]
  local rule, cost = rules[ARGV[last_rule_index + 2 * i - 1]], tonumber(ARGV[last_rule_index + 2 * i])
  local state, wait = states[key] or read_state(key, rule), 0
  states[key], rule_of[i], cost_of[i] = state, rule, cost
  if all_or_nothing and last_hit_on[key] then state = charge_to_copy(key) end
  last_hit_on[key] = i

  if state.is_wrong_type then
    wait = -2
  elseif cost > 0 and (state.pending or 0) + cost > rule.capacity then
    wait = -1
  elseif cost > 0 then
    wait = rule.algorithm.evaluate(state, rule, cost)
  end
  reply[3 * i - 2] = wait
  return wait == 0
end
