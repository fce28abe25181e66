import { createHash } from 'node:crypto';

/** A Lua script and the name under which Redis keeps it. */
export interface RedisScript {
  readonly source: string;
  readonly sha: string;
}

function toScript(source: string): RedisScript {
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/** The line of `TAKE_SOURCE` that reads the clock. */
export const TIME_LINE = "local time = redis.call('TIME')";

/**
 * All limits of one call. KEYS[i] belongs to ARGV[4i-3 … 4i]: `r`, amount, limit, windowMs, or `c`, holder, limit, leaseMs.
 * A rate is a hash (b: bucket number, c: current, p: previous), a concurrency limit a sorted set of holders by the end of their lease.
 * Answers {refused index or -1, retryAfterMs, remaining…}. The arithmetic is that of limit-request.policy.ts, in whole numbers.
 */
export const TAKE_SOURCE = `
${TIME_LINE}
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local refused, retry = -1, 0
local state = {}
for i = 1, #KEYS do
  local at = (i - 1) * 4
  local limit = tonumber(ARGV[at + 3])
  local wait = 0
  if ARGV[at + 1] == 'r' then
    local amount, window = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 4])
    local stored = redis.call('HMGET', KEYS[i], 'b', 'c', 'p')
    local bucket, current, previous = math.floor(now / window), tonumber(stored[2] or 0), tonumber(stored[3] or 0)
    local elapsed = now - bucket * window
    local known = tonumber(stored[1] or -2)
    if bucket < known then
      bucket, elapsed = known, 0
    elseif bucket == known + 1 then
      previous, current = current, 0
    elseif bucket ~= known then
      previous, current = 0, 0
    end
    state[i] = { bucket, current, previous, elapsed }
    if (limit - current - amount) * window - previous * (window - elapsed) < 0 then
      local left = window - elapsed
      if amount > limit then
        wait = window
      elseif current + amount <= limit and previous > 0 then
        wait = math.max(1, math.ceil((previous * left - (limit - current - amount) * window) / previous))
      else
        local fade = 0
        if current > 0 then fade = math.ceil((current * window - (limit - amount) * window) / current) end
        wait = math.max(1, left + math.max(0, fade))
      end
    end
  else
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
    local held = redis.call('ZCARD', KEYS[i])
    if held >= limit and not redis.call('ZSCORE', KEYS[i], ARGV[at + 2]) then
      local first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
      wait = 1000
      if first[2] then wait = math.max(1, math.min(wait, tonumber(first[2]) - now)) end
    end
  end
  if wait > 0 and refused < 0 then refused = i - 1 end
  if wait > retry then retry = wait end
end
local answer = { refused, retry }
for i = 1, #KEYS do
  local at = (i - 1) * 4
  local limit, period = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  if ARGV[at + 1] == 'r' then
    local bucket, current, previous, elapsed = unpack(state[i])
    if refused < 0 then
      current = current + tonumber(ARGV[at + 2])
      redis.call('HSET', KEYS[i], 'b', bucket, 'c', current, 'p', previous)
      redis.call('PEXPIRE', KEYS[i], 2 * period)
    end
    answer[i + 2] = math.max(0, math.floor(((limit - current) * period - previous * (period - elapsed)) / period))
  else
    if refused < 0 then
      redis.call('ZADD', KEYS[i], now + period, ARGV[at + 2])
      if redis.call('PTTL', KEYS[i]) < period then redis.call('PEXPIRE', KEYS[i], period) end
    end
    answer[i + 2] = math.max(0, limit - redis.call('ZCARD', KEYS[i]))
  end
end
return answer
`;

export const TAKE_SCRIPT = toScript(TAKE_SOURCE);

/** ARGV[i] gives back its place in KEYS[i]. */
export const RELEASE_SCRIPT = toScript(`
for i = 1, #KEYS do redis.call('ZREM', KEYS[i], ARGV[i]) end
return 0
`);
