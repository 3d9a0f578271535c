-- Keeps the failure of something that never became an article: an unreadable entry of the intake or of a queue.
-- KEYS: failure, failure index, failures stream
-- ARGV: failure id, failure lifetime (ms), failure as JSON, CloudEvent id, type and JSON
-- Returns: 1 when it is new, 0 when the same entry failed before
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[2])
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('XADD', KEYS[3], '*', 'id', ARGV[4], 'type', ARGV[5], 'event', ARGV[6])
return 1
