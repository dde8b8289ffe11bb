-- Names the keys of the index of a namespace's queues, and says what each of them holds.
-- KEYS:       [1] names [2] confirmed
-- ARGV:       none of its own
-- defines:    names and confirmed, the keys
-- complexity: O(1)
--
-- names       zset    each queue that may have items, all with the score 0, so that they are sorted by name
-- confirmed   zset    the same, by the instant at which a server last confirmed that the queue is in use
local names, confirmed = KEYS[1], KEYS[2]
