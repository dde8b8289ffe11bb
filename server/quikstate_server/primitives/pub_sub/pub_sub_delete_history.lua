-- Deletes the history of a channel.
-- KEYS:       [1] history
-- ARGV:       none
-- returns:    1 if there was a history, else 0
-- complexity: O(1); Redis frees n messages in the background in O(n)
return redis.call('UNLINK', KEYS[1])
