  [WIDTH] = function(FIELDS)
    return function(stream, packed, at)
      local appended, last = 0
      repeat
        local following, id, VALUES = unpack_limit(packed, STRINGS, at)
        if xadd('XADD', stream, id, PAIRS) ~= id then return appended, at, last end
        appended, at, last = appended + 1, following, id
      until at < 0
      return appended, at, last
    end
  end,
