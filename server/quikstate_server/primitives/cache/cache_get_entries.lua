-- Reads entries, and gives leases to fill those that miss or are stale.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1] most bytes of values and metas to return [2] largest value [3] ms that a lease lives, ''
--             to take none; [4..] 2 an entry: the lease's token, and the meta known to be invalid, or ''
-- returns:    now µs, then an entry {state, value, meta, ms until it expires, token of whoever has the lease,
--             ms until that lapses}; state: there, negative, absent, later (no room), large or foreign
-- complexity: O(bytes of values returned), and of those that are stale or invalid again, for their digests
local room, largest, lifetime = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]

local function read(e, token, invalid)
  local size = size_of(e)
  if not size or size > largest then return {size and 'large' or 'foreign'} end
  local meta, etag, expires, soft = metadata_of(e)
  size = size + (meta and #meta or 0)
  if size > room then return {'later'} end
  local value = call('GET', e.key)
  local seen = value
  if meta and meta == invalid and describes(etag, value) then
    if lifetime ~= '' and untouched(e, value, expires) then
      call('UNLINK', e.key, e.meta)
      seen = false
    end
    meta, value = false, false
  end
  local negative = meta and etag == '-' and not value
  local due = not (value or negative)
  if value and meta and soft > 0 and soft <= now then due = etag == digest(value) end
  local holder, lapses = '', 0
  if due then holder, lapses = claim(e, token, lifetime, seen) end
  room = room - size
  if value then return {'there', value, meta or '', call('PTTL', e.key), holder, lapses} end
  if negative then return {'negative', '', meta, call('PTTL', e.meta), holder, lapses} end
  return {'absent', '', '', 0, holder, lapses}
end

local answer = {string.format('%.0f', now)}
for i = 1, #KEYS / 3 do answer[i + 1] = read(entry(i), ARGV[2 * i + 2], ARGV[2 * i + 3]) end
return answer
