-- Who is present in a workspace, and how a change is told.
-- KEYS:       per workspace 6: [1] online [2] members [3] names [4] lapses [5] log [6] changes
-- ARGV:       [1] epoch [2] most changes kept [3] ms to keep it all [4] bytes of a key before its id's
--             [5] channel of an empty id
-- defines:    KEPT, number(text): nil if no script wrote it, workspace(i), row_of(w, user): the row, its
--             bytes; next_lapse(w)
-- complexity: O(log n) for n users
--
-- online   zset    the seed's key: user by the second at which it was seen; raw clients write it too
-- members  hash    user: its row; c holds the connections here, s is the status that was told. One without
--                  connections stays until `keep`, so that what comes late is known to be late
-- names    zset    users who are shown, in the order of their names
-- lapses   zset    user by the instant at which its row changes by itself; without connections KEPT + keep
-- log      hash    epoch, offset, floor: the last change, and the last that is not in `changes` any more;
--                  sentinel: the epoch under which it began
-- changes  zset    user by the offset of its last change
local KEPT = 4e15

local function number(text)
  return text and text:match('^%d+$') and tonumber(text) < 2 * KEPT and tonumber(text) or nil
end

local function workspace(i)
  local at = (i - 1) * 6
  return {online = KEYS[at + 1], members = KEYS[at + 2], names = KEYS[at + 3], lapses = KEYS[at + 4],
          log = KEYS[at + 5], changes = KEYS[at + 6]}
end

local function row_of(w, user)
  local packed = call('HGET', w.members, user) or ''
  return unpacked(packed), #packed
end

local function next_lapse(w)
  local first = tonumber(call('ZRANGE', w.lapses, 0, 0, 'WITHSCORES')[2] or KEPT)
  return first < KEPT and math.max(0, math.ceil((first - now) / 1000)) or -1
end
