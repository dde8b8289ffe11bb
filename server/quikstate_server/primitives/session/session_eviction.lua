-- Shared with session_register.lua: which sessions a user with too many of them has, and which are evicted.
-- KEYS:       [1..4] as session_user_index.lua says
-- ARGV:       none of its own
-- defines:    append_entries(reply), evict_oldest(excess, reply)
-- uses:       session_user_index.lua: call, score_of; session_revocation_marks.lua: revoke_session
-- complexity: O(m log m) for m entries, at most 1,000

-- Appends the entries that end first: for each its handle and its record.
local function append_entries(reply)
  local handles = call('ZRANGE', sessions, 0, 999)
  local records = call('HMGET', ids, unpack(handles))
  for i, handle in ipairs(handles) do
    reply[#reply + 1] = handle
    reply[#reply + 1] = records[i] or ''
  end
  return reply
end

-- Revokes the sessions that were created first, and appends their entries: 100 at once, so that one script
-- does not delay other callers.
local function evict_oldest(excess, reply)
  local flat, entries = append_entries({}), {}
  for i = 1, #flat, 2 do
    local handle, record = flat[i], flat[i + 1]
    local valid_from = tonumber(record:match('^%a+ (%d+)') or 0)
    entries[#entries + 1] = {handle = handle, record = record, valid_from = valid_from}
  end
  table.sort(entries, function(a, b)
    return a.valid_from < b.valid_from or a.valid_from == b.valid_from and a.handle < b.handle
  end)

  for i = 1, math.min(excess, #entries, 100) do
    local handle = entries[i].handle
    revoke_session(handle, math.max(score_of(sessions, handle), now))
    call('ZREM', sessions, handle)
    call('HDEL', ids, handle)
    reply[#reply + 1] = handle
    reply[#reply + 1] = entries[i].record
  end
end
