-- Judges a hit on the state that its limit keeps, as those before it in the request leave it.
-- KEYS:       [i] where the limit of hit i keeps its state
-- ARGV:       as rate_limit_check.lua says
-- defines:    states by key, rule_of[i], cost_of[i]; answer, of which judge() makes a third;
--             judge(i, all), true if hit i passes; charge(i, state)
-- returns:    as rate_limit_check.lua says
-- complexity: O(1), and what the algorithm says
local states, rule_of, cost_of, answer = {}, {}, {}, {}
local last_on, foreseen = {}, {} -- by key: the last hit on it, and the state that those before it would leave

local function read(key, rule)
  local done, state = pcall(rule.algorithm.read, key, rule)
  if not done and not string.find(state.err or state, '^WRONGTYPE') then error(state) end
  return done and state or {foreign = true}
end

local function charge(i, state)
  if state.foreign or cost_of[i] == 0 then return end
  rule_of[i].algorithm.charge(state, rule_of[i], cost_of[i])
  state.charged = true
end

-- Where none is charged unless all pass, what the hits before would charge is `pending`.
local function foresee(key)
  local state = foreseen[key] or {pending = 0}
  if not foreseen[key] then for name, value in pairs(states[key]) do state[name] = value end end
  charge(last_on[key], state)
  state.pending, foreseen[key] = math.max(0, state.pending + cost_of[last_on[key]]), state
  return state
end

local function judge(i, all)
  local key, rule, cost = KEYS[i], rules[ARGV[last_rule + 2 * i - 1]], tonumber(ARGV[last_rule + 2 * i])
  local state, wait = states[key] or read(key, rule), 0
  states[key], rule_of[i], cost_of[i] = state, rule, cost
  if all and last_on[key] then state = foresee(key) end
  last_on[key] = i
  if state.foreign then wait = -2
  elseif cost > 0 and (state.pending or 0) + cost > rule.capacity then wait = -1
  elseif cost > 0 then wait = rule.algorithm.look(state, rule, cost) end
  answer[3 * i - 2] = wait
  return wait == 0
end
