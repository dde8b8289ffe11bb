-- Sets and removes attributes of a session that is there.
-- KEYS:       [1..2] as session_state.lua says
-- ARGV:       [1] expected version, or '' [2] most bytes of the session [3] how many are removed; [4..] the
--             fields that are removed, then fields and values to set
-- returns:    {'live' or 'version' or 'too big', now us, ms until it lapses, {field, value, …}}, {'missing'},
--             {'gone'}, or {'rotated' or 'replayed', successor, user, handle, ms for which that is known}
-- complexity: O(n) for n fields
local expected, most, removed = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if call('EXISTS', session) == 0 then return pointer() end
local version = whole(call('HGET', session, 'version')) or 0
if expected ~= '' and expected ~= text(version) then return {'version', live()} end

local sizes, size = {}, 0
local fields = call('HGETALL', session)
for i = 1, #fields, 2 do sizes[fields[i]] = #fields[i] + #fields[i + 1] end
for i = 4, 3 + removed do sizes[ARGV[i]] = nil end
for i = 4 + removed, #ARGV, 2 do sizes[ARGV[i]] = #ARGV[i] + #ARGV[i + 1] end
for _, bytes in pairs(sizes) do size = size + bytes end
if size > most then return {'too big', live()} end

for i = 4, 3 + removed do call('HDEL', session, ARGV[i]) end
for i = 4 + removed, #ARGV, 1000 do call('HSET', session, unpack(ARGV, i, math.min(i + 999, #ARGV))) end
call('HSET', session, 'version', text(version + 1))
return {'live', live()}
