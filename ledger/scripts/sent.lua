-- Notes that the messages with these articles are on their queue: from here on they may wait their turn.
-- KEYS: leases
-- ARGV: prefix of records, resend after (ms), prefix of queues ('' where they are not in Redis), longest wait on a
--       queue (ms), then the ids
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 5, #ARGV do
  local record = ARGV[1] .. ARGV[i]
  local known = redis.call('HMGET', record, 'status', 'queue')
  if known[1] == 'queued' then
    local wait = tonumber(ARGV[4])
    if ARGV[3] ~= '' then
      -- A message takes about a second of some worker: a long list needs no earlier look.
      wait = ARGV[2] + redis.call('LLEN', ARGV[3] .. known[2]) * 1000
    end
    redis.call('ZADD', KEYS[1], now + wait, ARGV[i])
    redis.call('HSET', record, 'sent_at', now)
  end
end
return #ARGV - 4
