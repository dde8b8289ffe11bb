-- Revokes sessions of a user by marks, which hold whether or not the index has them; returns those it has.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       [1] `handles`, `user`, `all_but_one` or `device` [2] the handle to keep, the device, or ''
--             [3] us for which marks are remembered [4] max entries [5] max marks; [6..] pairs: a handle, us
--             that its session may still live, or ''
-- returns:    {mark or '', 1 if there was room for all marks, else 0, handle, record, …}
-- uses:       session_user_index.lua: call, format_integer, score_of, publish_event;
--             session_revocation_marks.lua: revoke_session, set_mark, choose_token_mark, keep_only
-- complexity: O(k log n) for k handles or entries of n
local scope, subject, memory = ARGV[1], ARGV[2], tonumber(ARGV[3])
local max_entries, max_marks = ARGV[4], tonumber(ARGV[5])
local reply = {'', 1}

local function append_entry(handle)
  local record = call('HGET', ids, handle)
  if record then
    reply[#reply + 1] = handle
    reply[#reply + 1] = record
  end
  return record
end

if scope == 'handles' then
  for i = 6, #ARGV, 2 do
    local handle, ends_at = ARGV[i], ARGV[i + 1] ~= '' and now + ARGV[i + 1] or 0
    if append_entry(handle) then ends_at = math.max(ends_at, score_of(sessions, handle)) end
    if ends_at > 0 then
      revoke_session(handle, ends_at)
    elseif not call('ZSCORE', revoked, handle) and not call('ZSCORE', not_before, 'handle:' .. handle) then
      if not set_mark('handle:' .. handle, now, memory, max_marks) then reply[2] = 0 end
      publish_event({kind = 'revoked', handle = handle})
    end
  end
  return reply
end

-- The mark covers every session that is valid from now or earlier, and from later, if this clock went back.
local keeps_one, is_device = scope == 'all_but_one', scope == 'device'
local member, kept = is_device and 'device:' .. subject or 'user', 'kept:' .. subject
local previous_user_mark = score_of(not_before, 'user')
local mark = math.max(choose_token_mark(), score_of(not_before, member) + 1)
for _, handle in ipairs(call('ZRANGE', sessions, 0, max_entries - 1)) do
  local record = not (keeps_one and handle == subject) and append_entry(handle)
  mark = math.max(mark, tonumber(record and record:match('^%a+ (%d+)') or 0))
end
if not set_mark(member, mark, memory, is_device and max_marks or math.huge) then return {'', 0} end

-- A session that was revoked before is not spared now.
if keeps_one and score_of(not_before, kept) < previous_user_mark then
  call('ZADD', not_before, format_integer(previous_user_mark), 'floor')
end
if not is_device then keep_only(keeps_one and kept, mark) end
reply[1] = format_integer(mark)
local device_id, kept_handle = is_device and subject or '', keeps_one and subject or ''
publish_event({kind = 'all', device = device_id, kept = kept_handle, mark = reply[1]})
return reply
