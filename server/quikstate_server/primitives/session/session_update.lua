-- Sets and removes attributes of a session that exists.
-- KEYS:       [1..2] as session_hash.lua says
-- ARGV:       [1] expected version, or '' [2] max bytes of the session [3] number of fields to remove; [4..]
--             the fields to remove, then fields and values to set
-- returns:    {'live' or 'version' or 'too big', now us, TTL in ms, {field, value, …}}, {'missing'},
--             {'gone'}, or {'rotated' or 'replayed', successor, user, handle, ms for which this is
--             remembered}
-- uses:       session_hash.lua: format_integer, parse_integer, read_session, read_pointer
-- complexity: O(n) for n fields
local expected_version, max_bytes, removed = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local first_set = 4 + removed
if call('EXISTS', session) == 0 then return read_pointer() end

local version = parse_integer(call('HGET', session, 'version')) or 0
if expected_version ~= '' and expected_version ~= format_integer(version) then
  return {'version', read_session(session)}
end

local size_by_field, total = {}, 0
local fields = call('HGETALL', session)
for i = 1, #fields, 2 do size_by_field[fields[i]] = #fields[i] + #fields[i + 1] end
for i = 4, first_set - 1 do size_by_field[ARGV[i]] = nil end
for i = first_set, #ARGV, 2 do size_by_field[ARGV[i]] = #ARGV[i] + #ARGV[i + 1] end
for _, bytes in pairs(size_by_field) do total = total + bytes end
if total > max_bytes then return {'too big', read_session(session)} end

for i = 4, first_set - 1 do call('HDEL', session, ARGV[i]) end
-- A thousand values at a time, because Lua's stack is limited.
for i = first_set, #ARGV, 1000 do
  call('HSET', session, unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
call('HSET', session, 'version', format_integer(version + 1))
return {'live', read_session(session)}
