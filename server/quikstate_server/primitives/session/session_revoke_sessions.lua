-- Revokes sessions of a user, and says which are listed: the marks hold for all, listed or not.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1] `handles`, `user`, `but` or `device` [2] the handle kept, the device, or '' [3] us that
--             marks are remembered [4] most rows [5] most marks; [6..] pairs: a handle, us that it lives
--             yet, or ''
-- returns:    {mark or '', 1 if there was room for all marks, else 0, handle, what ids says, …}
-- complexity: O(k log n) for k handles or rows of n
local which, subject, memory, most, room = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local rows = {'', 1}
local function row(handle)
  local about = call('HGET', ids, handle)
  if about then rows[#rows + 1] = handle rows[#rows + 1] = about end
  return about
end
if which == 'handles' then
  for i = 6, #ARGV, 2 do
    local handle, ends = ARGV[i], ARGV[i + 1] ~= '' and now + ARGV[i + 1] or 0
    if row(handle) then ends = math.max(ends, score(sessions, handle)) end
    if ends > 0 then
      revoke(handle, ends)
    elseif not call('ZSCORE', revoked, handle) and not call('ZSCORE', not_before, 'handle:' .. handle) then
      if not remember('handle:' .. handle, now, memory, room) then rows[2] = 0 end
      say({kind = 'revoked', handle = handle})
    end
  end
  return rows
end
-- All that was valid from an instant up to now: later than now, if this clock went back.
local member = which == 'device' and 'device:' .. subject or 'user'
local before, kept = score(not_before, 'user'), 'kept:' .. subject
local mark = math.max(token_mark(), score(not_before, member) + 1)
for _, handle in ipairs(call('ZRANGE', sessions, 0, most - 1)) do
  local about = not (which == 'but' and handle == subject) and row(handle)
  mark = math.max(mark, tonumber(about and about:match('^%a+ (%d+)') or 0))
end
if not remember(member, mark, memory, which == 'device' and room or math.huge) then return {'', 0} end
-- Who was revoked before is not spared now.
local but, device = which == 'but', which == 'device'
if but and score(not_before, kept) < before then call('ZADD', not_before, text(before), 'floor') end
if not device then spare(but and kept, mark) end
rows[1] = text(mark)
say({kind = 'all', device = device and subject or '', kept = but and subject or '', mark = rows[1]})
return rows
