-- Removes an article's traces: record, text, result, failure; and announces that its events no longer hold.
-- KEYS: record, payload, leases, result, failure, failure index, events stream
-- ARGV: id, publications that the messages were made for, record lifetime (ms), number of messages,
--       then per message: CloudEvent id, type, JSON
-- Returns: deleted | changed (it was published meanwhile: look again) | unknown
local publications = redis.call('HGET', KEYS[1], 'publications') or '0'
if publications ~= ARGV[2] then return 'changed' end
local revision = redis.call('HGET', KEYS[1], 'revision')
local was_there = redis.call('HEXISTS', KEYS[1], 'status') == 1 or redis.call('EXISTS', KEYS[5]) == 1
if not was_there then return 'unknown' end

redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[1], KEYS[2], KEYS[4], KEYS[5])
redis.call('ZREM', KEYS[6], ARGV[1])
local at = 5
for _ = 1, tonumber(ARGV[4]) do
  redis.call('XADD', KEYS[7], '*', 'id', ARGV[at], 'type', ARGV[at + 1], 'event', ARGV[at + 2])
  at = at + 3
end
if revision then
  -- Two numbers stay: an article that comes back must not repeat the ids of messages that readers have seen.
  redis.call('HSET', KEYS[1], 'revision', revision, 'publications', publications + 1)
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 'deleted'
