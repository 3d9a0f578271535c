-- Sets an article aside with its failure, once; or sends it back for another attempt.
-- KEYS: record, payload, leases, failure, failure index, failures stream, prefix of the counts of each minute
-- ARGV: id, revision, attempt, cause (a failure code), retry (0/1), attempts allowed, delay (ms), failure lifetime (ms),
--       record lifetime (ms), failure as JSON, CloudEvent id, type and JSON, family of the failure
-- Returns: recorded | retry, or why nothing was done: unknown | done | failed | stale
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'status', 'revision', 'attempts')
if not known[1] then return 'unknown' end
if known[2] ~= ARGV[2] then return 'stale' end
if known[1] == 'done' or known[1] == 'failed' then return known[1] end

-- First what needs no memory: Redis then lets the script finish even when it is full.
redis.call('HDEL', KEYS[1], 'holder', 'sent_at')
if ARGV[5] == '1' then
  if known[3] ~= ARGV[3] then return 'stale' end -- a later attempt is under way
  if tonumber(known[3]) < tonumber(ARGV[6]) then
    redis.call('HSET', KEYS[1], 'status', 'queued', 'cause', ARGV[4])
    redis.call('ZADD', KEYS[3], now + ARGV[7], ARGV[1])
    return 'retry'
  end
end

redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[2])
redis.call('HDEL', KEYS[1], 'limit', 'size', 'queue', 'accepted_at')
redis.call('XADD', KEYS[6], '*', 'id', ARGV[11], 'type', ARGV[12], 'event', ARGV[13])
redis.call('SET', KEYS[4], ARGV[10], 'PX', ARGV[8])
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now - ARGV[8])
redis.call('ZADD', KEYS[5], now, ARGV[1])
redis.call('HSET', KEYS[1], 'status', 'failed', 'cause', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[9])
local counts = KEYS[7] .. math.floor(now / 60000)
redis.call('HINCRBY', counts, ARGV[14], 1)
redis.call('EXPIRE', counts, 7200)
return 'recorded'
