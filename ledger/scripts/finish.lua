-- Publishes an article's result once: retractions, events, result and status in one step.
-- KEYS: record, payload, leases, result, events stream, results stream, prefix of the counts of each minute
-- ARGV: id, revision, extractor version, result lifetime (ms), record lifetime (ms), result as JSON,
--       CloudEvent id, type and JSON of the result, number of messages for the events stream,
--       text lifetime (ms, 0: not kept),
--       then per message: event id, stays (0/1), CloudEvent id, type, JSON
-- Returns: published, or why nothing was: unknown | done | failed | stale
local known = redis.call('HMGET', KEYS[1], 'status', 'revision')
if not known[1] then return 'unknown' end
if known[2] ~= ARGV[2] then return 'stale' end
if known[1] == 'done' or known[1] == 'failed' then return known[1] end

-- First what needs no memory: Redis then lets the script finish even when it is full.
redis.call('ZREM', KEYS[3], ARGV[1])
if ARGV[11] == '0' then redis.call('DEL', KEYS[2]) else redis.call('PEXPIRE', KEYS[2], ARGV[11]) end
redis.call('HDEL', KEYS[1], 'holder', 'cause', 'sent_at', 'attempts', 'limit', 'size', 'queue', 'accepted_at')

local at = 12
for _ = 1, tonumber(ARGV[10]) do
  redis.call('XADD', KEYS[5], '*', 'id', ARGV[at + 2], 'type', ARGV[at + 3], 'event', ARGV[at + 4])
  if ARGV[at + 1] == '1' then
    redis.call('HSET', KEYS[1], 'e:' .. ARGV[at], ARGV[2])
  else
    redis.call('HDEL', KEYS[1], 'e:' .. ARGV[at])
  end
  at = at + 5
end
redis.call('XADD', KEYS[6], '*', 'id', ARGV[7], 'type', ARGV[8], 'event', ARGV[9])
redis.call('SET', KEYS[4], ARGV[6], 'PX', ARGV[4])
redis.call('HINCRBY', KEYS[1], 'publications', 1)
redis.call('HSET', KEYS[1], 'status', 'done', 'version', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
local counts = KEYS[7] .. math.floor(redis.call('TIME')[1] / 60)
redis.call('HINCRBY', counts, 'done', 1)
redis.call('EXPIRE', counts, 7200)
return 'published'
