-- Applies states of users to their member rows, unless a later state is there already.
-- KEYS:       as in presence_workspace.lua
-- ARGV:       [1..5] as in presence_workspace.lua; [6] ms that a tombstone lasts [7..] for each workspace the
--             number of its arguments, then for each user 3: user, 1 if seen there now, state as in
--             presence_workspace_states.lua
-- uses:       presence_row.lua: call, EXPIRES_AT; presence_workspace.lua: workspace_at, load_member;
--             presence_changes.lua: OFFLINE, begin_changes, write_row_or_remove, finish_changes
-- returns:    for each workspace the result of finish_changes, -1 if its legacy key is no sorted set
-- complexity: O(m + k log n) for k users with m connections, among n users

local WORKSPACE_VERSION = 3 -- of a connection, as in presence_workspace_states.lua

local function merge_state(row, state)
  for id, connection in pairs(state.c) do
    local known = row.c[id]
    local is_same = known and known[WORKSPACE_VERSION] == connection[WORKSPACE_VERSION]
    connection[EXPIRES_AT] = is_same and known[EXPIRES_AT] or now + connection[EXPIRES_AT]
  end
  row.c, row.o, row.v, row.keep = state.c, state.o, state.v, now + ARGV[6] * 1000
end

local function apply_state(workspace, user, is_seen, state)
  local row = load_member(workspace, user)
  if state.v < (row.v or 0) then return end
  merge_state(row, state)
  write_row_or_remove(workspace, user, row)
  if row.s == OFFLINE then return end
  local second = math.floor(now / 1000000)
  if is_seen then
    call('ZADD', workspace.online, second, user)
  else
    call('ZADD', workspace.online, 'NX', second, user)
  end
end

local results, position = {}, 7
for i = 1, math.floor(#KEYS / 6) do
  local workspace, length = workspace_at(i), tonumber(ARGV[position])
  local key_type = call('TYPE', workspace.online).ok
  results[i] = -1
  if key_type == 'none' or key_type == 'zset' then
    begin_changes(workspace)
    for first = position + 1, position + length, 3 do
      apply_state(workspace, ARGV[first], ARGV[first + 1] == '1', cmsgpack.unpack(ARGV[first + 2]))
    end
    results[i] = finish_changes(workspace)
  end
  position = position + length + 1
end
return results
