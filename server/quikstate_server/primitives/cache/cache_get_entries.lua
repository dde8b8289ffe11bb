-- Reads entries, and gives leases to fill those that miss or are stale.
-- KEYS:       as cache_entry.lua says
-- ARGV:       [1] most bytes of values and metas to return [2] largest value [3] ms that a lease lives, '' to take
--             none; [4..] 2 an entry: the lease's token, and the meta that is known to be invalid, or ''
-- returns:    now µs, then an entry {state, value, meta, ms until it expires, lease's token, ms until that lapses}
--             state: there, negative, absent, later (no room), large or foreign; the token of whoever has the lease
-- complexity: O(bytes of values returned), and of those that are stale again, for their digests
local room, largest, lifetime = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]

local function claim(e, token, value)
  local held = call('GET', e.lease)
  if not held and lifetime ~= '' then
    held = string.format('%s %.0f %s', token, now, digest(value))
    call('SET', e.lease, held, 'PX', lifetime)
  end
  if not held then return '', 0 end
  return held:match('^%S+'), call('PTTL', e.lease)
end

local function read(e, token, invalid)
  local size = size_of(e)
  if not size or size > largest then return {size and 'large' or 'foreign'} end
  local meta = call('GET', e.meta)
  size = size + (meta and #meta or 0)
  if size > room then return {'later'} end
  local value = call('GET', e.key)
  if (meta and meta == invalid) or (value and not meta and was_tagged(e)) then
    if lifetime ~= '' then call('UNLINK', e.key, e.meta) end
    meta, value = false, false
  end
  local negative = not value and meta and meta:sub(1, 2) == '- '
  local soft = value and meta and tonumber(meta:match('^%x+ %d+ (%d+)'))
  local due = not value and not negative
  if soft and soft > 0 and soft <= now then due = meta:match('^%x+') == digest(value) end
  local holder, lapses = '', 0
  if due then holder, lapses = claim(e, token, value) end
  room = room - size
  if value then return {'there', value, meta or '', call('PTTL', e.key), holder, lapses} end
  if negative then return {'negative', '', meta, call('PTTL', e.meta), holder, lapses} end
  return {'absent', '', '', 0, holder, lapses}
end

local answer = {string.format('%.0f', now)}
for i = 1, #KEYS / 3 do answer[i + 1] = read(entry(i), ARGV[2 * i + 2], ARGV[2 * i + 3]) end
return answer
