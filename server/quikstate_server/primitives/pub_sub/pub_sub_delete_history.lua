-- Forgets the messages of a channel.
-- KEYS:       [1] history
-- ARGV:       none
-- returns:    1 if there was a history, else 0
-- complexity: O(1), and O(n) beside the calls for n messages
return redis.call('UNLINK', KEYS[1])
