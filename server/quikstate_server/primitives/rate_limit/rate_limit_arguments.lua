-- Unpacks the arguments of rate_limit_check.lua that belong to no single hit.
-- KEYS:       as rate_limit_check.lua says
-- ARGV:       as rate_limit_check.lua says
-- defines:    all_or_nothing, dry_run, reply_ms, fingerprint, last_rule_index (the last ARGV that is part
--             of a rule), hit_count, reply_key (nil if the request has no id); MAX_DURATION, in µs
-- complexity: O(1)
local all_or_nothing, dry_run, reply_ms, fingerprint = ARGV[1] == '1', ARGV[2] == '1', ARGV[3], ARGV[4]
local last_rule_index = 5 + 4 * ARGV[5]
local hit_count = (#ARGV - last_rule_index) / 2
local reply_key = KEYS[hit_count + 1]
local MAX_DURATION = 315576e12 -- 10,000 years, the longest google.protobuf.Duration
