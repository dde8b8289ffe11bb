-- What changed in a workspace since a position, or who is present there.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6] epoch [7] offset of the position, '' for everyone
--             [8] most users [9] s for which raw rows count
-- returns:    {'changes', 'everyone', 'many' or 'lost', epoch, offset, how many are present,
--             1 if some may be there by a raw client's row, {user, status, seen s, offset of its change, …}}
-- complexity: O(log n + m) for m users returned of n
local w, since, most = workspace(1), tonumber(ARGV[7]), tonumber(ARGV[8])
local log = call('HMGET', w.log, 'epoch', 'offset', 'floor')
local epoch, offset, floor = log[1], log[2], number(log[3]) or 0
if not number(epoch) or not number(offset) then epoch, offset, floor = '0', '0', 0 end
local least = math.floor(now / 1000000) - ARGV[9]
local online = call('ZCOUNT', w.online, least, '+inf')
local raw = call('ZCARD', w.online) > call('ZCARD', w.names) and 1 or 0
local rows, what = {}, 'changes'
local function add(user, seen, changed)
  local counts = seen and tonumber(seen) >= least
  local row = row_of(w, user)
  local status = counts and (next(row.c) and row.s or 3) or 1
  for _, word in ipairs({user, status, seen or 0, changed}) do rows[#rows + 1] = word end
end
if since then
  local same = epoch == ARGV[6] or (ARGV[6] == '0' and since == 0 and floor == 0)
  local known = since >= floor and since <= tonumber(offset)
  if not same or not known then return {'lost', epoch, offset, online, raw, {}} end
  local changed = call('ZRANGE', w.changes, '(' .. ARGV[7], '+inf', 'BYSCORE', 'LIMIT', 0, most, 'WITHSCORES')
  for i = 1, #changed, 2 do add(changed[i], call('ZSCORE', w.online, changed[i]), changed[i + 1]) end
  if #changed == 2 * most then offset = changed[#changed] end
elseif online > most then
  what = 'many'
else
  what = 'everyone'
  local seen = call('ZRANGE', w.online, least, '+inf', 'BYSCORE', 'WITHSCORES')
  for i = 1, #seen, 2 do add(seen[i], seen[i + 1], 0) end
end
return {what, epoch, offset, online, raw, rows}
