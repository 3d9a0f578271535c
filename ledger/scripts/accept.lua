-- Takes an article in: the same content is the same work, other content under the same id is the next revision.
-- KEYS: record, payload, leases, failure, failure index
-- ARGV: id, content hash, article as JSON, queue, time limit (s), size (characters), lease until sent (ms), again (0/1)
-- Returns: verdict (accepted, known), revision, status, and 1 where it is to be sent
-- The first write needs memory, so a full server refuses the article before anything is stored.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'hash', 'revision', 'status', 'sent_at')
local revision = tonumber(known[2] or 0)

if known[1] == ARGV[2] then
  local is_over = known[3] == 'done' or known[3] == 'failed'
  if ARGV[8] == '0' or not is_over then
    -- Whoever accepted it before may have died before sending it: then this submitter does.
    local is_unsent = known[3] == 'queued' and not known[4]
    return {'known', revision, known[3], is_unsent and 1 or 0}
  end
else
  revision = revision + 1
end

redis.call('SET', KEYS[2], ARGV[3])
redis.call('HSET', KEYS[1], 'hash', ARGV[2], 'revision', revision, 'status', 'queued', 'attempts', 0,
  'queue', ARGV[4], 'limit', ARGV[5], 'size', ARGV[6], 'accepted_at', now)
redis.call('HDEL', KEYS[1], 'sent_at', 'holder', 'cause')
redis.call('PERSIST', KEYS[1])
redis.call('ZADD', KEYS[3], now + ARGV[7], ARGV[1])
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[5], ARGV[1])
return {'accepted', revision, 'queued', 1}
