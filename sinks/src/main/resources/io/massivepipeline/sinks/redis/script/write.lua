-- Carries out writes in order and stops at the first that fails.
--
-- KEYS   the keys of the writes, one after the other
-- ARGV   for each write: its name, how many arguments and how many keys it has, its arguments;
--        'group' has as its only argument how many of the following writes belong to it
-- reply  { writes done (a group is one), message of the failure or '', key that it concerns,
--          puts that were not newer, how many of these had the very version that stands, and of
--          each append done: appended, duplicates, late, trimmed }
--
-- Ids and versions go beyond 2^53, where Lua's numbers end: they are decimal strings throughout.

local HIGHEST = '18446744073709551615'
local HOUR = 3600000
local CHUNK = 1000 -- arguments a command; Lua cannot unpack much more than 7 000
local HEADER = 5 -- bytes of a packed batch before its first entry

local function higher(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

local function above(a, b)
  local dash_a, dash_b = string.find(a, '-', 1, true), string.find(b, '-', 1, true)
  local ms_a, ms_b = string.sub(a, 1, dash_a - 1), string.sub(b, 1, dash_b - 1)
  if ms_a ~= ms_b then return higher(ms_a, ms_b) end
  return higher(string.sub(a, dash_a + 1), string.sub(b, dash_b + 1))
end

local function increment(digits)
  local last = #digits
  while last > 0 and string.byte(digits, last) == 57 do last = last - 1 end
  local zeros = string.rep('0', #digits - last)
  if last == 0 then return '1' .. zeros end
  return string.sub(digits, 1, last - 1) .. string.char(string.byte(digits, last) + 1) .. zeros
end

local function successor(id)
  local dash = string.find(id, '-', 1, true)
  local ms, seq = string.sub(id, 1, dash - 1), string.sub(id, dash + 1)
  if seq == HIGHEST then return increment(ms) .. '-0' end
  return ms .. '-' .. increment(seq)
end

local now

-- Sets an expiry that is missing or far off, and says whether it did. What PTTL says may be given.
local function expire(key, at, left, only_later)
  if at == '0' then return false end
  left = left or redis.call('PTTL', key)
  if left >= 0 then
    if not now then
      local time = redis.call('TIME')
      now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    end
    local later = tonumber(at) - now - left
    if math.abs(later) <= HOUR or only_later and later < 0 then return false end
  end
  redis.call('PEXPIREAT', key, at)
  return true
end

local function in_chunks(command, key, first, last)
  for from = first, last, CHUNK do
    redis.call(command, key, unpack(ARGV, from, math.min(from + CHUNK - 1, last)))
  end
end

-- The top of a stream, which survives trimming, and its first entry.
local function bounds(stream)
  local top, first
  local info = redis.call('XINFO', 'STREAM', stream)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then top = info[i + 1] end
    if info[i] == 'first-entry' and info[i + 1] then first = info[i + 1][1] end
  end
  return top, first
end

local function stands(stream, command, width)
  local found = redis.call('XRANGE', stream, command[2], command[2])
  if #found == 0 or #found[1][2] ~= 2 * width then return false end
  local fields = found[1][2]
  for i = 1, 2 * width do
    if fields[i] ~= command[2 + i] then return false end
  end
  return true
end

-- Forgets late ids whose entries have been trimmed, whenever their number has doubled.
local function prune(companion, first)
  local limit = tonumber(redis.call('HGET', companion, 'prune_at') or '1000')
  if redis.call('HLEN', companion) < limit then return end
  local all = redis.call('HGETALL', companion)
  local kept = 0
  for i = 1, #all, 2 do
    if string.find(all[i], '-', 1, true) then
      if first and above(first, all[i + 1]) then
        redis.call('HDEL', companion, all[i])
      else
        kept = kept + 1
      end
    end
  end
  redis.call('HSET', companion, 'prune_at', string.format('%d', math.max(1000, 2 * kept)))
end

-- For each number of fields: given their names, a function that appends packed entries from an
-- offset on until the first that is not above the top, and returns how many it appended, where it
-- stopped (-1: at the end) and the last id. It names each value instead of walking over them, which
-- takes a seventh off what an entry costs the server. To make it here would cost as much for each
-- call as that saves, so it is written out before the server gets the script, from appender.lua.
local xadd, unpack_limit = redis.pcall, cmsgpack.unpack_limit
local APPENDERS = {
--APPENDERS--
}

-- What the last append was told, which the next ones usually share, and its command.
local keep_late, late_field, max_length, width, command

local append_rising -- the function for its fields, if there is one

-- An append like the one before. Arguments: expiry, packed batches.
local function again(k, first_argument, last_argument, tally)
  local stream, companion = KEYS[k], keep_late and KEYS[k + 1]
  local expire_at = ARGV[first_argument]

  local left = (keep_late or expire_at ~= '0') and redis.call('PTTL', stream)
  local fresh = keep_late and left == -2
  if fresh then redis.call('DEL', companion) end

  command[1] = stream
  local size = 2 + 2 * width

  local top, first, began -- of the stream, once an entry was not above its top
  local rising = true -- whether the entry before this one was
  local appended, duplicates, late, trimmed = 0, 0, 0, 0
  for argument = first_argument + 1, last_argument do
    local packed, offset = ARGV[argument], HEADER
    while offset >= 0 do
      if append_rising and rising and not fresh then
        local more, last
        more, offset, last = append_rising(stream, packed, offset)
        appended = appended + more
        if top and last then top = last end
        if offset < 0 then break end
      end

      local values = { unpack_limit(packed, width + 1, offset) }
      local id = values[2]
      offset = values[1]
      command[2] = id
      for i = 1, width do command[2 + 2 * i] = values[2 + i] end

      local passed = top and not above(id, top)
      if not passed then
        local reply = redis.pcall('XADD', unpack(command, 1, size))
        if type(reply) == 'string' then
          appended, rising = appended + 1, true
          if top then top = id end
          if fresh then
            redis.call('HSET', companion, 'first', id)
            fresh = false
          end
        elseif string.find(reply.err, 'equal or smaller', 1, true) then
          passed = true
          top, first = bounds(stream)
          began = keep_late and redis.call('HGET', companion, 'first')
        else
          error(reply)
        end
      end

      if passed then
        rising = false
        if not keep_late or stands(stream, command, width)
            or redis.call('HEXISTS', companion, id) == 1 then
          duplicates = duplicates + 1
        elseif began and (not first or above(first, began)) and (not first or above(first, id)) then
          trimmed = trimmed + 1
        else
          top = successor(top)
          command[2], command[size + 1], command[size + 2] = top, late_field, id
          local reply = redis.pcall('XADD', unpack(command, 1, size + 2))
          if type(reply) ~= 'string' then error(reply) end
          redis.call('HSET', companion, id, top)
          late = late + 1
        end
      end
    end
  end

  if max_length ~= '0' and appended + late > 0 then
    redis.call('XTRIM', stream, 'MAXLEN', '~', max_length)
  end
  local moved = expire(stream, expire_at, left)
  if keep_late then
    if late > 0 then prune(companion, first) end
    if moved or late > 0 then expire(companion, expire_at) end
  end
  local n = #tally
  tally[n + 1], tally[n + 2], tally[n + 3], tally[n + 4] = appended, duplicates, late, trimmed
end

-- Arguments: rule, late field, maximal length, number of fields, fields, expiry, packed batches.
local function append(k, first_argument, last_argument, tally)
  keep_late = ARGV[first_argument] == 'APPEND_LATE'
  late_field, max_length = ARGV[first_argument + 1], ARGV[first_argument + 2]
  width = tonumber(ARGV[first_argument + 3])
  local first_field = first_argument + 4
  local make = APPENDERS[width]
  append_rising = make and make(unpack(ARGV, first_field, first_field + width - 1))
  command = { '', '' }
  for i = 1, width do
    command[1 + 2 * i] = ARGV[first_field + i - 1]
    command[2 + 2 * i] = ''
  end
  again(k, first_field + width, last_argument, tally)
end

-- 'lower' or 'same' if a put with the version at ARGV[at + 1] is not above what stands under the
-- field ARGV[at].
local function stale(name, key, at)
  local field, version = ARGV[at], ARGV[at + 1]
  if field == '' then return nil end
  local standing
  if name == 'hash' then
    standing = string.match(redis.call('HGET', key, field) or '', '^(%d+)')
  else
    local pattern = '"' .. string.gsub(field, '%W', '%%%0') .. '"%s*:%s*"?(%d+)'
    standing = string.match(redis.call('GETRANGE', key, 0, 1023), pattern)
  end
  if version == standing then return 'same' end
  return standing and not higher(version, standing) and 'lower' or nil
end

local actions = {
  append = append,
  again = again,

  auto = function(k, a, last) -- maximal length, expiry, fields and values
    if ARGV[a] == '0' then
      redis.call('XADD', KEYS[k], '*', unpack(ARGV, a + 2, last))
    else
      redis.call('XADD', KEYS[k], 'MAXLEN', '~', ARGV[a], '*', unpack(ARGV, a + 2, last))
    end
    expire(KEYS[k], ARGV[a + 1])
  end,

  string = function(k, a) -- version field, version, expiry, value
    if ARGV[a + 2] == '0' then
      redis.call('SET', KEYS[k], ARGV[a + 3])
    else
      redis.call('SET', KEYS[k], ARGV[a + 3], 'KEEPTTL')
      expire(KEYS[k], ARGV[a + 2])
    end
  end,

  hash = function(k, a, last) -- version field, version, expiry, whether to replace, fields and values
    if ARGV[a + 3] == '1' then redis.call('DEL', KEYS[k]) end
    in_chunks('HSET', KEYS[k], a + 4, last)
    -- Fields that were put before may have longer to live
    expire(KEYS[k], ARGV[a + 2], nil, ARGV[a + 3] == '0')
  end,

  remove = function(k, a, last) -- whether only what is unchanged, fields and values
    for i = a + 1, last, 2 do
      if ARGV[a] == '0' or redis.call('HGET', KEYS[k], ARGV[i]) == ARGV[i + 1] then
        redis.call('HDEL', KEYS[k], ARGV[i])
      end
    end
  end,

  increment = function(k, a, last) -- expiry, fields and increments
    for i = a + 1, last, 2 do redis.call('HINCRBY', KEYS[k], ARGV[i], ARGV[i + 1]) end
    expire(KEYS[k], ARGV[a])
  end,

  sorted = function(k, a, last) -- expiry, lowest score kept, rank below which none is kept, scores and members
    in_chunks('ZADD', KEYS[k], a + 3, last)
    if ARGV[a + 1] ~= '' then redis.call('ZREMRANGEBYSCORE', KEYS[k], '-inf', '(' .. ARGV[a + 1]) end
    if ARGV[a + 2] ~= '' then redis.call('ZREMRANGEBYRANK', KEYS[k], 0, ARGV[a + 2]) end
    expire(KEYS[k], ARGV[a])
  end,

  new_sorted = function(k, a, last) -- expiry, scores and members
    redis.call('DEL', KEYS[k])
    in_chunks('ZADD', KEYS[k], a + 1, last)
    expire(KEYS[k], ARGV[a])
  end,

  new_set = function(k, a, last) -- expiry, members
    redis.call('DEL', KEYS[k])
    in_chunks('SADD', KEYS[k], a + 1, last)
    expire(KEYS[k], ARGV[a])
  end,

  publish = function(k, a) -- channel, message
    redis.call('PUBLISH', ARGV[a], ARGV[a + 1])
  end,
}

local writes = {}
do
  local a, k = 1, 1
  while a <= #ARGV do
    local arguments, keys = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
    writes[#writes + 1] = { name = ARGV[a], k = k, from = a + 3, to = a + 2 + arguments }
    a, k = a + 3 + arguments, k + keys
  end
end

-- The message of the error that an action raised, or '', and what it returned.
local function try(action, ...)
  local ok, result = pcall(action, ...)
  if ok then return '', result end
  return type(result) == 'table' and result.err or tostring(result)
end

local function conditional(write) return write.name == 'string' or write.name == 'hash' end

local done, refused, same, failure, failed_key, tally = 0, 0, 0, '', '', {}
local w = 1
while w <= #writes and failure == '' do
  local first, last = w, w
  if writes[w].name == 'group' then
    first, last = w + 1, w + tonumber(ARGV[writes[w].from])
  end

  local counted, skipped = #tally, nil
  for i = first, last do
    local write = writes[i]
    if failure == '' and conditional(write) then
      local result
      failure, result = try(stale, write.name, KEYS[write.k], write.from)
      failed_key = KEYS[write.k]
      skipped = skipped or result
    end
  end
  for i = first, last do
    local write = writes[i]
    if skipped and write.name == 'append' then
      for n = 1, 4 do tally[#tally + 1] = 0 end
    elseif not skipped and failure == '' then
      failure = try(actions[write.name], write.k, write.from, write.to, tally)
      failed_key = KEYS[write.k] or ARGV[write.from]
    end
  end

  if failure == '' then
    done = done + 1
    if skipped then refused = refused + 1 end
    if skipped == 'same' then same = same + 1 end
  else
    for n = #tally, counted + 1, -1 do tally[n] = nil end
  end
  w = last + 1
end

local reply = { done, failure, failed_key, refused, same }
for n = 1, #tally do reply[5 + n] = tally[n] end
return reply
