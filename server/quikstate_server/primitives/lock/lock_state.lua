-- What every lock script knows of a resource: its keys, who still holds it, whether another may join.
-- KEYS:       per resource 7: [1] lock [2] fence [3] holders [4] leases [5] waiters [6] waiting [7] servers
-- ARGV:       [1] epoch [2] claim ms [3] memory ms of tokens, above any lifetime [4] channel prefix of hints
-- defines:    resource(i), prune(r), token_of(r, lease), joinable(r, want, most), notify(r)
-- complexity: O(log n) for n holders, and O(m log n) for m that lapsed
--
-- lock     string  the seed's key: a lease id (EXCLUSIVE), `shared:…`, or what a raw client put there
-- fence    string  `epoch seq epoch seq`: the last token, and the lowest that is not stale
-- leases   hash    lease id: epoch, seq, since, stream that renews it or `-`, about
-- holders  zset    lease id by the instant it lapses, if the lock is shared; an EXCLUSIVE one lapses with it
-- waiters  zset    lease id by its place: one more than the last; waiting hash  lease id: see lock_waiters.lua
-- servers  zset    server id by the instant until which it vouches for its waiters
local call = redis.call
local epoch, claim, memory, hints = math.min(tonumber(ARGV[1]), 2047), ARGV[2], ARGV[3], ARGV[4]

local function resource(i)
  local at = (i - 1) * 7
  return {lock = KEYS[at + 1], fence = KEYS[at + 2], holders = KEYS[at + 3], leases = KEYS[at + 4],
          waiters = KEYS[at + 5], waiting = KEYS[at + 6], servers = KEYS[at + 7], count = 0}
end

-- The lock's key is the truth: what its sidecars say of holders counts only as far as it agrees.
-- A value that only looks like ours has no holders: it is a raw client's, as long as it is there.
local function prune(r)
  r.value = call('GET', r.lock)
  if not r.value or r.value:sub(1, 7) ~= 'shared:' then return end
  local lapsed = call('ZRANGEBYSCORE', r.holders, '-inf', now)
  if lapsed[1] then call('ZREMRANGEBYSCORE', r.holders, '-inf', now) end
  for i = 1, #lapsed, 1000 do call('HDEL', r.leases, unpack(lapsed, i, math.min(i + 999, #lapsed))) end
  r.count = call('ZCARD', r.holders)
  r.shared = r.count > 0
end

local function token_of(r, lease)
  local told = (r.shared or r.value == lease) and call('HGET', r.leases, lease)
  return told and told:match('^%d+ %d+')
end

local function joinable(r, want, most)
  return not r.value or (r.shared and r.value == want and r.count < most)
end

local function notify(r)
  call('PUBLISH', r.fence:sub(1, -6) .. 'events', '')
end
