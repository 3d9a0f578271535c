-- Claims the articles whose lease has run out, so that one sweeper sends each of them again.
-- KEYS: leases
-- ARGV: prefix of records, prefix of queues ('' where they are not in Redis), how many at most, resend after (ms), longest wait on a queue (ms)
-- Returns: id, queue, limit (s), size (characters), one after the other
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local resend_after, patience = tonumber(ARGV[4]), tonumber(ARGV[5])
local reply = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local record = ARGV[1] .. id
  local known = redis.call('HMGET', record, 'status', 'queue', 'limit', 'size', 'sent_at')
  if known[1] ~= 'queued' and known[1] ~= 'running' then
    redis.call('ZREM', KEYS[1], id)
  else
    -- How long a queue elsewhere is, nobody here knows; the broker there keeps its messages.
    local backlog = ARGV[2] == '' and math.huge or redis.call('LLEN', ARGV[2] .. known[2])
    local sent_at = tonumber(known[5])
    if known[1] == 'queued' and backlog > 0 and sent_at and now < sent_at + patience then
      -- Its message most likely still waits in the list.
      redis.call('ZADD', KEYS[1], math.min(now + resend_after + backlog * 1000, sent_at + patience), id)
    else
      redis.call('HSET', record, 'status', 'queued')
      redis.call('HDEL', record, 'holder', 'sent_at')
      redis.call('ZADD', KEYS[1], now + resend_after, id)
      for _, value in ipairs({id, known[2], known[3], known[4]}) do reply[#reply + 1] = value end
    end
  end
end
return reply
