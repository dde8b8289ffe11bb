-- Goes through the stream, a few entries at a time, so that few are read in vain.
-- KEYS:       those of queue_state.lua
-- ARGV:       none of its own
-- defines:    walk(first, last, act), act(entry, bytes read so far with it) until that is false
-- complexity: O(log n + k) for k entries of n
local function size_of(entry)
  local size = 0
  for _, text in ipairs(entry[2]) do size = size + #text end
  return size
end

local function walk(first, last, act)
  local chunk, read_bytes = 1, 0
  while true do
    local entries, before = call('XRANGE', items, first, last, 'COUNT', chunk), read_bytes
    for _, entry in ipairs(entries) do
      read_bytes = read_bytes + size_of(entry)
      if act(entry, read_bytes) == false then return end
    end
    if #entries < chunk or entries[chunk][1] == last then return end
    first = '(' .. entries[chunk][1]
    chunk = read_bytes - before < 65536 and math.min(2 * chunk, 16) or 1
  end
end
