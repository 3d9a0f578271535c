-- Hands an article to a worker, with a lease, and counts the attempt.
-- KEYS: record, payload, leases
-- ARGV: id, holder (id of the Celery message), attempts allowed, margin of the lease (ms)
-- Returns: unknown | done | failed | busy, or started | exhausted with revision, attempt, article as JSON, limit (s),
--          publications so far, content hash, cause of the last failed attempt, then id and revision of each published event
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'status', 'revision', 'attempts', 'limit', 'holder', 'publications',
  'hash', 'cause')
local status = known[1]
if not status then return {'unknown'} end
if status == 'done' or status == 'failed' then return {status} end

-- Another message holds it and is in time: this one is a duplicate. The same message again means that its worker died.
local lease = redis.call('ZSCORE', KEYS[3], ARGV[1])
if status == 'running' and known[5] ~= ARGV[2] and lease and tonumber(lease) > now then
  return {'busy'}
end

-- This write needs no memory; after it Redis lets the others of the script pass even when it is full,
-- so that accepted articles go on and free what they hold.
redis.call('PERSIST', KEYS[1])
local attempt = tonumber(known[3])
local verdict = 'exhausted'
if attempt < tonumber(ARGV[3]) then
  verdict = 'started'
  attempt = attempt + 1
end
redis.call('HSET', KEYS[1], 'status', 'running', 'attempts', attempt, 'holder', ARGV[2])
redis.call('ZADD', KEYS[3], now + known[4] * 1000 + ARGV[4], ARGV[1])

local reply = {verdict, known[2], attempt, redis.call('GET', KEYS[2]) or '', known[4], known[6] or '0', known[7],
  known[8] or ''}
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 2) == 'e:' then
    reply[#reply + 1] = string.sub(fields[i], 3)
    reply[#reply + 1] = fields[i + 1]
  end
end
return reply
