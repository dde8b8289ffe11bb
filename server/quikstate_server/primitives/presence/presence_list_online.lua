-- A page of who is present in a workspace, and how many are.
-- KEYS:       as presence_workspace.lua says
-- ARGV:       [1..5] as presence_workspace.lua says; [6] how many [7] 'n' and the name before the page, 'r'
--             and a cursor among the rows of raw clients, or '' [8] s within which they were seen, 0 for any
--             time [9] s for which raw rows count [10] most that have lapsed, whom the count leaves
--             out [11] bytes of rows, after which the page ends
-- returns:    {how many are present, cursor of the next page, {user, status, seen s, connections, …},
--             1 if more have lapsed}
-- complexity: O(log n + m) for m users returned or lapsed of n
local w, size, cursor, within = workspace(1), tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])
local since = math.floor(now / 1000000) - (within > 0 and within or tonumber(ARGV[9]))
local rows, after, gone, latest = {}, '', 0, string.format('%.0f', now)
local spent, last = 0, nil
local function add(user, status, seen, count)
  if not seen or tonumber(seen) < since then return end
  for _, word in ipairs({user, status, seen, count}) do rows[#rows + 1] = word end
end
local lapsed = call('ZRANGE', w.lapses, '-inf', latest, 'BYSCORE', 'LIMIT', 0, ARGV[10])
for _, user in ipairs(lapsed) do
  local _, count = live(row_of(w, user))
  if count == 0 and tonumber(call('ZSCORE', w.online, user) or 0) >= since then gone = gone + 1 end
end
local more = #lapsed == tonumber(ARGV[10]) and call('ZCOUNT', w.lapses, '-inf', latest) > #lapsed
if size > 0 and cursor:sub(1, 1) ~= 'r' then
  local first = cursor == '' and '-' or '(' .. cursor:sub(2)
  local names = call('ZRANGE', w.names, first, '+', 'BYLEX', 'LIMIT', 0, size)
  for _, user in ipairs(names) do
    local row, bytes = row_of(w, user)
    local status, count = live(row)
    if count > 0 then add(user, status, call('ZSCORE', w.online, user), count) end
    spent, last = spent + bytes, user
    if spent > tonumber(ARGV[11]) then break end
  end
  if last and (#names == size or last ~= names[#names]) then after = 'n' .. last
  else cursor, size = 'r0', size - #names end
end
if size > 0 and cursor:sub(1, 1) == 'r' and call('ZCARD', w.online) > call('ZCARD', w.names) then
  local scanned = call('ZSCAN', w.online, cursor:sub(2), 'COUNT', size)
  for i = 1, #scanned[2], 2 do
    local user = scanned[2][i]
    if not next(row_of(w, user).c) then add(user, 3, scanned[2][i + 1], 0) end
  end
  if scanned[1] ~= '0' then after = 'r' .. scanned[1] end
end
return {call('ZCOUNT', w.online, since, '+inf') - gone, after, rows, more and 1 or 0}
