-- Which id the next message of a channel's history has: epoch-offset.
-- KEYS:       as pub_sub_publish.lua says
-- ARGV:       as pub_sub_publish.lua says
-- defines:    keeps(history): true, false, or nil where the key holds something else;
--             next_id(history): epoch, offset and the oldest entry, or nil where there is no next id
-- complexity: O(1)
-- An epoch begins with a history, and with the first message of another run of Redis, which may not have the
-- end of it: what offsets those had nobody knows. A raw client's entry may have an id that no double tells from
-- the next: an epoch ends before such an offset, and after such an epoch is nothing.
local call = redis.call
local run, most_exact = ARGV[1]:sub(1, 12), 2 ^ 53 - 1

local function keeps(history)
  local kind = call('TYPE', history).ok
  if kind ~= 'stream' and kind ~= 'none' then return nil end
  return kind == 'stream'
end

local function next_id(history)
  if not keeps(history) then return now, 1 end
  local info, told = call('XINFO', 'STREAM', history), {}
  for i = 1, #info, 2 do told[info[i]] = info[i + 1] end
  local epoch, offset = told['last-generated-id']:match('(%d+)-(%d+)')
  epoch, offset = tonumber(epoch), tonumber(offset)
  local first, last = told['first-entry'], told['last-entry']
  if epoch >= most_exact then return nil end
  if last and last[2][2] == run and offset < most_exact then return epoch, offset + 1, first end
  return math.max(now, epoch + 1), 1, first
end
