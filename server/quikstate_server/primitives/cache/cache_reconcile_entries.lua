-- Removes what a tag invalidated where it is as we wrote it, and keeps the metadata of what was prolonged.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1] most bytes of values to look at [2] ms to keep metas beyond their values [3] longest ms that
--             a value is taken to live; [4..] 2 an entry: the meta that was seen, and 1 if it is invalid, or 0
-- returns:    how many were removed
-- complexity: O(bytes of values), for their digests
local room, keep, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local function prolong(e, meta)
  local lives = call('PTTL', e.key)
  if lives < 0 or lives > longest then lives = longest end
  local kept = string.format('%.0f', math.floor(now / 1000) + lives + keep)
  local before, rest = meta:match('^(%S+ %d+) %d+( .*)$')
  call('SET', e.meta, before .. ' ' .. kept .. rest, 'PXAT', kept)
end

local removed = 0
for i = 1, #KEYS / 3 do
  local e, seen, invalid = entry(i), ARGV[2 * i + 2], ARGV[2 * i + 3] == '1'
  local size, meta, etag, expires = size_of(e), metadata_of(e)
  if size and size <= room and meta == seen then
    room = room - size
    local value = call('GET', e.key)
    if describes(etag, value) and invalid and untouched(e, value, expires) then
      removed = removed + math.min(1, call('UNLINK', e.key, e.meta))
    elseif value and describes(etag, value) then
      prolong(e, meta)
    end
  end
end
return removed
