-- Reads the stream's entries, a few at a time, so that few are read in vain.
-- KEYS:       those of queue_keys.lua
-- ARGV:       none of its own
-- defines:    entry_bytes(entry); for_each_entry(first, last, visit), which calls visit(entry, bytes read
--             so far) until that returns false
-- uses:       queue_keys.lua: call, items
-- complexity: O(log n + k) for k entries of n
local function entry_bytes(entry)
  local bytes = 0
  for _, text in ipairs(entry[2]) do bytes = bytes + #text end
  return bytes
end

local function for_each_entry(first, last, visit)
  local chunk, bytes_read = 1, 0
  while true do
    local entries, bytes_before = call('XRANGE', items, first, last, 'COUNT', chunk), bytes_read
    for _, entry in ipairs(entries) do
      bytes_read = bytes_read + entry_bytes(entry)
      if visit(entry, bytes_read) == false then return end
    end
    if #entries < chunk or entries[chunk][1] == last then return end
    first = '(' .. entries[chunk][1]
    chunk = bytes_read - bytes_before < 65536 and math.min(2 * chunk, 16) or 1
  end
end
