-- One visit to the queue before the sign-in page, see web/sign_in_queue.py. Redis runs it as one step, for all processes.
-- Answers the state (1: let in, 0: waits, -1: has no place), the number of places before it, and its ticket.

local queue, turns, finish, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now, rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local valid, most, tries = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local address, ticket, fresh, joins = ARGV[7], ARGV[8], ARGV[9], ARGV[10] == "1"

-- Moments that came free since the last visit. A clock that was ahead and has been put right gives none back.
local at = tonumber(redis.call("HGET", state, "at") or now)
local free = tonumber(redis.call("HGET", state, "free") or burst)
free = free + math.max(0, now - at) * rate / 1000

local function next_in_turn()
  while free >= 1 do
    local first = redis.call("ZPOPMIN", queue)
    if #first == 0 then
      redis.call("DEL", finish)
      return
    end
    redis.call("ZADD", turns, now, first[1])
    redis.call("HSET", state, "round", first[2])
    free = free - 1
  end
end

-- An address has one place in each round; who comes new begins in the round that is being let in.
local function first_round()
  local round = tonumber(redis.call("HGET", state, "round") or 0)
  return math.max(round, tonumber(redis.call("HGET", finish, address) or 0))
end

redis.call("ZREMRANGEBYSCORE", turns, "-inf", now - valid)
next_in_turn()
free = math.min(burst, free)

local turn = redis.call("ZSCORE", turns, ticket)
if turn and joins then
  -- A mistyped password does not wait again, but it takes a moment, and its address comes later for it.
  local tried = state .. ":" .. ticket
  local count = redis.call("INCR", tried)
  redis.call("PEXPIRE", tried, valid)
  if count > tries then
    redis.call("ZREM", turns, ticket)
    turn = false
  elseif count > 1 then
    free = free - 1
    redis.call("HSET", finish, address, 1 + first_round())
  end
end

if not turn and joins and not redis.call("ZSCORE", queue, ticket) then
  local mine = first_round()
  -- Among places of one round the earlier comes first.
  fresh = string.format("%012d", redis.call("HINCRBY", state, "number", 1)) .. fresh
  redis.call("ZADD", queue, mine, fresh)
  redis.call("HSET", finish, address, mine + 1)
  ticket = fresh
  next_in_turn()
  if redis.call("ZCARD", queue) > most then
    redis.call("ZPOPMAX", queue)
  end
  turn = redis.call("ZSCORE", turns, ticket)
end

redis.call("HSET", state, "at", now, "free", tostring(free))
for _, key in ipairs(KEYS) do
  redis.call("PEXPIRE", key, 4 * valid)
end

if turn then
  return { 1, 0, ticket }
end
local before = redis.call("ZRANK", queue, ticket)
if before then
  return { 0, before, ticket }
end
return { -1, redis.call("ZCARD", queue), "" }
