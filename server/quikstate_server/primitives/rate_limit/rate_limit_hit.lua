-- Judges a hit and, apart from that, charges and answers it, so that several can be judged first.
-- KEYS:       [i] where the limit of hit i keeps its state
-- ARGV:       as rate_limit_check.lua says
-- defines:    judge(i), true if hit i passes; settle(i, passes); answer, what these say of every hit
-- returns:    as rate_limit_check.lua says
-- complexity: O(1), and what the algorithm says
local dry, rule_of, cost_of, states, answer = ARGV[2] == '1', {}, {}, {}, {}

local function read(key, rule)
  local done, state = pcall(rule.algorithm.read, key, rule)
  if not done and not string.find(state.err or state, '^WRONGTYPE') then error(state) end
  return done and state or {foreign = true}
end

local function judge(i)
  local key, rule, cost = KEYS[i], rules[ARGV[last_rule + 2 * i - 1]], tonumber(ARGV[last_rule + 2 * i])
  local state, wait = states[key] or read(key, rule), 0
  if state.foreign then wait = -2
  elseif cost > rule.capacity then wait = -1
  elseif cost > 0 then wait = rule.algorithm.look(state, rule, cost) end
  -- Hits may share a state: later ones, in a dry run too, see it as this script has left it so far.
  states[key], rule_of[i], cost_of[i], answer[3 * i - 2] = state, rule, cost, wait
  return wait == 0
end

-- A denied hit writes nothing, unless its state is astray: that would deny until the clock is there again.
local function settle(i, passes)
  local key, rule, cost, remaining, full_after, _ = KEYS[i], rule_of[i], cost_of[i], 0, 0
  local state, algorithm = states[key], rule.algorithm
  if not state.foreign then
    if passes then algorithm.charge(state, rule, cost) end
    _, remaining, full_after = algorithm.look(state, rule, 0)
    if not dry and cost ~= 0 and (passes or state.astray) then algorithm.save(key, state, rule) end
  end
  answer[3 * i - 1], answer[3 * i] = remaining, full_after
end
