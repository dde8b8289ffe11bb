-- The members of a workspace, and the log of their changes.
-- KEYS:       for each workspace 6: [1] online [2] members [3] names [4] expirations [5] log [6] changes
-- ARGV:       [1] failover epoch [2] max changes kept [3] ms to keep the keys [4] bytes of a key before the
--             workspace's id [5] channel of an empty id
-- uses:       presence_row.lua: call, unpack_row
-- defines:    TOMBSTONE, valid_number(text): nil unless a script wrote it; workspace_at(i),
--             load_member(workspace, user): member row, bytes; next_expiration_ms(workspace): -1 for none
-- complexity: O(log n) for n users
--
-- online       zset  legacy key: user by the second of the last heartbeat; a raw member is in no other key
-- members      hash  user: member row, with the connections here. Without any, it is a tombstone until
--                    `keep`, so that a late state is known to be late
-- names        zset  users who are shown, ordered by id
-- expirations  zset  user by the instant at which the row changes by itself; a tombstone by TOMBSTONE + keep
-- log          hash  epoch: log epoch; offset: of the last change; floor: of the last lost from `changes`;
--                    failover_epoch: the failover epoch under which the log began
-- changes      zset  user by the offset of the last change
local TOMBSTONE = 4e15

local function valid_number(text)
  local is_valid = text and text:match('^%d+$') and tonumber(text) < 2 * TOMBSTONE
  return is_valid and tonumber(text) or nil
end

local function workspace_at(i)
  local first = (i - 1) * 6
  return {
    online = KEYS[first + 1], members = KEYS[first + 2], names = KEYS[first + 3],
    expirations = KEYS[first + 4], log = KEYS[first + 5], changes = KEYS[first + 6],
  }
end

local function load_member(workspace, user)
  local packed = call('HGET', workspace.members, user) or ''
  return unpack_row(packed), #packed
end

local function next_expiration_ms(workspace)
  local first = tonumber(call('ZRANGE', workspace.expirations, 0, 0, 'WITHSCORES')[2] or TOMBSTONE)
  return first < TOMBSTONE and math.max(0, math.ceil((first - now) / 1000)) or -1
end
