-- Revokes sessions of a user, and says which are listed: what is marked here holds even for those that are not.
-- KEYS:       [1..4] as session_user.lua says
-- ARGV:       [1] `handles`, `user`, `but` or `device` [2] the handle kept, the device, or '' [3] us that marks
--             are remembered [4] most rows; [5..] the handles
-- returns:    {mark or '', handle, what ids says, …}
-- complexity: O(k log n) for k handles or rows of n
local which, subject, memory, most = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local rows = {''}
local function row(handle)
  local about = call('HGET', ids, handle)
  if about then rows[#rows + 1] = handle rows[#rows + 1] = about end
  return about
end
if which == 'handles' then
  call('ZREMRANGEBYSCORE', revoked, '-inf', text(now))
  for i = 5, #ARGV do
    local ends = row(ARGV[i]) and score(sessions, ARGV[i]) or now + memory
    call('ZADD', revoked, 'GT', text(ends), ARGV[i])
    last(revoked, ends)
    say({kind = 'revoked', handle = ARGV[i]})
  end
  return rows
end
-- All that was valid from an instant up to now: later than now, if this clock went back.
local mark = now
for _, handle in ipairs(call('ZRANGE', sessions, 0, most - 1)) do
  local about = not (which == 'but' and handle == subject) and row(handle)
  mark = math.max(mark, tonumber(about and about:match(' (%d+)') or 0))
end
local member = which == 'device' and 'device:' .. subject or 'user'
mark = math.max(mark, score(not_before, member))
call('ZREMRANGEBYSCORE', not_before, '-inf', text(now - memory))
call('ZADD', not_before, text(mark), member)
if which == 'but' then call('ZADD', not_before, text(mark), 'kept:' .. subject) end
last(not_before, now + memory)
rows[1] = text(mark)
say({kind = 'all', device = which == 'device' and subject or '', kept = which == 'but' and subject or '', mark = rows[1]})
return rows
