/**
 * Shapes the standard library into the Tactus dialect, in Lua, so that both engines share it. It runs once, before any
 * other code, as `prelude(host)` with the functions of `open-dialect.ts`. What it needs later it keeps in locals: a
 * program may replace any library function without changing the others.
 */
export const prelude = `
local host = ...
local error, pcall, xpcall, select, type, tostring, tonumber = error, pcall, xpcall, select, type, tostring, tonumber
local rawget, rawset, setmetatable, getmetatable, pairs = rawget, rawset, setmetatable, getmetatable, pairs
local find, sub, len, reverse, concat, pack = string.find, string.sub, string.len, string.reverse, table.concat, table.pack
local utf8length, utf8offset, gsub = utf8.len, utf8.offset, string.gsub
local floor, tointeger, mathtype, fmod, exp = math.floor, math.tointeger, math.type, math.fmod, math.exp
local getinfo, rawmetatable, registry, collect = debug.getinfo, debug.getmetatable, debug.getregistry(), collectgarbage

-- Where Lua looks up the name of a function that nobody called by name. Those replaced below keep their plain names.
local known = { _G = {} }
for library, functions in pairs({ _G = _G, string = string, table = table, utf8 = utf8, coroutine = coroutine }) do
  known[library] = {}
  for name, value in pairs(functions) do
    if type(value) == "function" then known[library][name] = value end
  end
end
known._G.len, known._G.sub, known._G.reverse = len, sub, reverse
known.string.len, known.string.sub, known.string.reverse = nil, nil, nil
registry._LOADED = known

local function badArgument(position, name, problem)
  error("bad argument #" .. position .. " to '" .. name .. "' (" .. problem .. ")", 3)
end

-- Raises, at the place that called the wrapper, the error that the original raises for these arguments.
local function refuse(original, ...)
  local done, problem = pcall(original, ...)
  if not done then error(problem, 3) end
  return problem
end

-- Errors ---------------------------------------------------------------------------------------------------------

-- A handler that loops can't be stopped while Lua raises the error of a limit, so it is not called then.
function _G.xpcall(body, handler, ...)
  if type(handler) ~= "function" then return (refuse(xpcall, body, handler)) end
  local function guarded(problem)
    if host.stopped() then return problem end
    return handler(problem)
  end
  return xpcall(body, guarded, ...)
end

-- Finalizers run with the limits off and at moments that differ between runs: none are ever set.
function _G.setmetatable(object, metatable)
  local kind = type(metatable)
  if type(object) ~= "table" or (kind ~= "table" and metatable ~= nil) then
    return (refuse(setmetatable, object, metatable))
  end
  local present = rawmetatable(object)
  if present and rawget(present, "__metatable") ~= nil then return (refuse(setmetatable, object, metatable)) end
  local finalizer = kind == "table" and rawget(metatable, "__gc")
  if not finalizer then return setmetatable(object, metatable) end
  rawset(metatable, "__gc", nil)
  setmetatable(object, metatable)
  rawset(metatable, "__gc", finalizer)
  return object
end

-- Text -----------------------------------------------------------------------------------------------------------

local beyondAscii = "[\\x80-\\xff]"
local plain, wide, wideCharacter, wideByte, wideLength

-- Loops take the same string apart again and again: the last one seen is remembered, with the place of one character.
local function isPlain(text)
  if text == plain then return true end
  if text == wide then return false end
  if not find(text, beyondAscii) then
    plain = text
    return true
  end
  wide, wideCharacter, wideByte, wideLength = text, 1, 1, utf8length(text)
  return false
end

local function byteOf(text, character)
  local byte = utf8offset(text, character - wideCharacter + (character >= wideCharacter and 1 or 0), wideByte)
  if byte then wideCharacter, wideByte = character, byte end
  return byte
end

function string.len(text)
  if type(text) ~= "string" then return (refuse(len, text)) end
  return isPlain(text) and #text or wideLength or #text
end

function string.sub(text, first, last)
  local start, stop = tointeger(tonumber(first)), tointeger(tonumber(last == nil and -1 or last))
  if type(text) ~= "string" or not start or not stop then return (refuse(sub, text, first, last)) end
  if isPlain(text) or not wideLength then return sub(text, start, stop) end
  if start < 0 then start = wideLength + start + 1 end
  if stop < 0 then stop = wideLength + stop + 1 end
  if start < 1 then start = 1 end
  if stop > wideLength then stop = wideLength end
  if start > stop then return "" end
  local byte = byteOf(text, start)
  return sub(text, byte, byteOf(text, stop + 1) - 1)
end

function string.reverse(text)
  if type(text) ~= "string" then return (refuse(reverse, text)) end
  if isPlain(text) or not wideLength then return reverse(text) end
  local characters, count = {}, wideLength
  gsub(text, utf8.charpattern, function(character)
    characters[count] = character
    count = count - 1
  end)
  return concat(characters)
end

function utf8_clean(text)
  if type(text) ~= "string" then return text end
  local pieces, start = {}, 1
  while true do
    local count, bad = utf8length(text, start)
    if count then break end
    pieces[#pieces + 1] = sub(text, start, bad - 1)
    pieces[#pieces + 1] = "?"
    start = bad + 1
  end
  pieces[#pieces + 1] = sub(text, start)
  return concat(pieces)
end

string.dump = nil
getmetatable("").__metatable = false

function print(...)
  local texts = pack(...)
  for index = 1, texts.n do texts[index] = tostring(texts[index]) end
  host.print(concat(texts, "\\t") .. "\\n")
end

local warnings = false
function warn(...)
  local text = concat({ ... })
  if text == "@on" or text == "@off" then
    warnings = text == "@on"
  elseif warnings then
    host.print("Lua warning: " .. text .. "\\n")
  end
end

-- Numbers --------------------------------------------------------------------------------------------------------

math.type, math.tointeger, math.ult, math.maxinteger, math.mininteger = nil, nil, nil, nil, nil

local log, atan = math.log, math.atan

function math.pow(base, exponent)
  local power = base ^ exponent
  if mathtype(base) == "integer" and mathtype(exponent) == "integer" and exponent >= 0 then
    return tointeger(power) or power
  end
  return power
end

function math.fmod(left, right) return fmod(left, right) + 0.0 end
function math.log10(number) return log(number, 10) end
function math.atan2(y, x) return atan(y, x) end
function math.cosh(number) return (exp(number) + exp(-number)) / 2 end
function math.sinh(number) return (exp(number) - exp(-number)) / 2 end

function math.tanh(number)
  if number > 20 then return 1.0 elseif number < -20 then return -1.0 end
  local double = exp(2 * number)
  return (double - 1) / (double + 1)
end

local function integerArgument(position, value)
  local integer = tointeger(tonumber(value))
  if integer then return integer end
  error("bad argument #" .. position .. " to 'random' (number expected, got " .. type(value) .. ")", 3)
end

function math.random(low, high)
  if low == nil then return host.random() end
  local single = high == nil
  low = integerArgument(1, low)
  if single then low, high = 1, low else high = integerArgument(2, high) end
  if low > high then badArgument(single and 1 or 2, "random", "interval is empty") end
  return low + floor(host.random() * (high - low + 1.0))
end

function math.randomseed(seed) host.randomseed(tonumber(seed) or 0) end

-- Time and the rest of the world -----------------------------------------------------------------------------------

os = { time = host.time, clock = host.clock, tmpname = host.tmpname, getenv = host.getenv }

function os.date(format, time)
  format = format == nil and "%a %b %d %H:%M:%S %Y" or tostring(format)
  if sub(format, 1, 1) == "!" then format = sub(format, 2) end
  if sub(format, 1, 2) ~= "*t" then return host.date(format, time) end
  local fields = { isdst = false }
  local codes = { year = "%Y", month = "%m", day = "%d", hour = "%H", min = "%M", sec = "%S", wday = "%w", yday = "%j" }
  for name, code in pairs(codes) do fields[name] = tointeger(tonumber(host.date(code, time))) end
  fields.wday = fields.wday + 1
  return fields
end

local seen = { "source", "short_src", "what", "currentline", "linedefined", "lastlinedefined", "name", "namewhat" }
debug = {}

function debug.getinfo(target, what)
  local info
  if type(target) == "function" then
    info = getinfo(target, "S")
  else
    local level = tointeger(tonumber(target))
    if not level then badArgument(1, "getinfo", "number expected, got " .. type(target)) end
    info = getinfo(level == 0 and 0 or level + 1, "nSl")
  end
  if not info then return nil end
  local allowed = {}
  for index = 1, #seen do allowed[seen[index]] = info[seen[index]] end
  return allowed
end

function collectgarbage(option)
  if option == "count" then
    local counted, count = pcall(collect, "count")
    return counted and count or 0
  end
  if option == nil or option == "collect" or option == "step" then pcall(collect, "collect") end
  return 0
end

_VERSION = "Lua 5.4"
for _, name in pairs({ "load", "loadstring", "loadfile", "dofile", "require", "package", "io" }) do _G[name] = nil end
`;
