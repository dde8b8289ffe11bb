-- Answers hits that are judged, and writes what they leave.
-- KEYS:       [i] where the limit of hit i keeps its state
-- ARGV:       none of its own
-- defines:    settle(i, passes), which charges hit i if it passes, and answers it as the state is then;
--             save(), which writes each state once, however many hits it had
-- returns:    as rate_limit_check.lua says
-- complexity: O(1), and what the algorithm says
local hit_by = {} -- by key: the rule of the last hit that was more than a look

local function settle(i, passes)
  local key, rule, remaining, full_after, _ = KEYS[i], rule_of[i], 0, 0
  local state = states[key]
  if passes then charge(i, state) end
  if not state.foreign then
    if cost_of[i] ~= 0 then
      hit_by[key], state.lapses, state.lowest = rule, -1, math.min(state.lowest or rule.limit, rule.limit)
    end
    _, remaining, full_after = rule.algorithm.look(state, rule, 0)
  end
  answer[3 * i - 1], answer[3 * i] = remaining, full_after
end

-- A denied hit changes nothing, unless the state is astray: that would deny until the clock is there again.
-- An algorithm that has a `keep` is told of it, to look after how long the state is kept.
local function save()
  for key, rule in pairs(hit_by) do
    local state, algorithm = states[key], rule.algorithm
    if state.charged or state.astray then algorithm.save(key, state, rule)
    elseif algorithm.keep then algorithm.keep(key, state, rule) end
  end
end
