/** Programs and the JSON of what they return, by topic. Programs return lists so that floats keep their kind. */
export const semantics: Readonly<Record<string, ReadonlyArray<readonly [program: string, results: string]>>> =
  {
    "integers and floats": [
      [
        "return {7, 7.0, 10 / 2, 10 // 3, -7 // 2, 7.5 // 2, -7 % 3, 5.5 % 2, 2 ^ 10}",
        "[[7,7.0,5.0,3,-4,3.0,2,1.5,1024.0]]",
      ],
      ["return 1 == 1.0, ({[1] = 'a'})[1.0], 0xff, 1 << 4, ~0, 6 & 3, 6 ~ 3", '[true,"a",255,16,-1,2,5]'],
      ["return {'2.5' * 2, 1 + 1.0, math.huge, -math.huge}", "[[5.0,2.0,Infinity,-Infinity]]"],
      ["return '10' + 5", "[15]"],
      ["return 1700000000 * 1000, 2147483647 + 1, 1 << 40", "[1700000000000,2147483648,1099511627776]"],
      ["return 9007199254740993, 0x7fffffffffffffff + 1 < 0", "[9007199254740993,true]"],
      ["return math.floor(3.7), math.floor(-2.1), math.ceil(2.1)", "[3,-3,3]"],
      ["for i = 1, 3 do local i <const> = i end return 1", "[1]"],
    ],
    "numbers as text": [
      [
        "return tostring(7.0), tostring(2^53), tostring(1e100), tostring(0.1)",
        '["7.0","9007199254740992.0","1e+100","0.1"]',
      ],
      [
        "return 0.1 + 0.2 .. '', 1 / 3 .. '', 1e15 .. '', 1e-7 .. ''",
        '["0.30000000000000004","0.33333333333333331","1e+15","1e-07"]',
      ],
      [
        "return tostring(1/0), tostring(-1/0), tostring(-0.0), 123456.0 .. ''",
        '["inf","-inf","-0.0","123456.0"]',
      ],
      [
        "return table.concat({1, 2.5, 0.1 + 0.2}, '/'), ('%s|%s'):format(1.0, 1e300)",
        '["1/2.5/0.30000000000000004","1.0|1e+300"]',
      ],
      ["return ('%d %5d|%-5d|%05d|%+d'):format(3.0, 42, 42, 42, 42)", '["3    42|42   |00042|+42"]'],
      [
        "return ('%x %X %o %c %q %% %i'):format(255, 255, 8, 79, 'a\"b', 7)",
        '["ff FF 10 O \\"a\\\\\\"b\\" % 7"]',
      ],
      [
        "return ('%.2f %8.3f [%5s][%-5s][%.2s]'):format(3.14159, 2.5, 'ab', 'ab', 'abc')",
        '["3.14    2.500 [   ab][ab   ][ab]"]',
      ],
      ["return ('%e %g %g'):format(12345.678, 1e20, 0.1)", '["1.234568e+04 1e+20 0.1"]'],
      [
        "return ('%.3f'):format(2 / 3), ('%5.1f'):format(-2.25), ('%.0f'):format(0.5)",
        '["0.667"," -2.2","0"]',
      ],
      [
        "return tonumber('0x1F'), tonumber('  12  '), tonumber('1e1'), tonumber('zz', 36), tonumber('9', 8), tonumber('inf')",
        "[31,12,10.0,1295,null,null]",
      ],
      ["return tonumber('9223372036854775808')", "[9223372036854776000.0]"],
    ],
    "the library of mathematics": [
      [
        "return math.type, math.tointeger, math.ult, math.maxinteger, math.mininteger",
        "[null,null,null,null,null]",
      ],
      ["return math.pow(2, 3), math.pow(2, -1), math.pow(2.0, 3), math.fmod(7, 3)", "[8,0.5,8.0,1.0]"],
      ["return math.log10(1000), math.log(8, 2), math.atan2(1, 1) == math.pi / 4", "[3.0,3.0,true]"],
      ["return math.cosh(0), math.sinh(0), math.tanh(0), math.tanh(100)", "[1.0,0.0,0.0,1.0]"],
      ["return math.max(1, 5, 3), math.min(4, 2.5), math.abs(-3), math.sqrt(16)", "[5,2.5,3,4.0]"],
      [
        "math.randomseed(5) local a = math.random(1000) math.randomseed(5) return a == math.random(1000)",
        "[true]",
      ],
      [
        "for i = 1, 200 do local d = math.random(3, 5) assert(d >= 3 and d <= 5 and math.random() < 1) end return 1",
        "[1]",
      ],
      [
        "return select(2, pcall(math.random, 2, 1)), select(2, pcall(math.random, 0)), select(2, pcall(math.random, 'x'))",
        "[\"bad argument #2 to 'random' (interval is empty)\",\"bad argument #1 to 'random' (interval is empty)\",\"bad argument #1 to 'random' (number expected, got string)\"]",
      ],
    ],
    "strings of characters": [
      [
        "local s = 'na\\u{ef}ve \\u{2014} caf\\u{e9}' return #s, s:len(), s:sub(1, 5), s:sub(-4), s:sub(8)",
        '[16,12,"naïve","café"," café"]',
      ],
      [
        "return string.reverse('\\u{e9}a\\u{1f600}'), ('abc'):reverse(), ('abc'):sub(2, 99), ('abc'):sub(0), ('abc'):sub(3, 2)",
        '["😀aé","cba","bc","abc",""]',
      ],
      [
        "local t = {} local s = ('\\u{e9}x'):rep(3) for i = 1, s:len() do t[#t + 1] = s:sub(i, i) end return table.concat(t, ',')",
        '["é,x,é,x,é,x"]',
      ],
      [
        "local s = '\\u{e9}\\u{2014}z' return s:sub(3, 3), s:sub(1, 1), s:sub(2, 2), s:sub(-1), s:sub(2, -2)",
        '["z","é","—","z","—"]',
      ],
      ["return ('a\\u{2014}'):find('\\u{2014}', 1, true), ('\\u{e9}'):byte(1, -1)", "[2,195,169]"],
      [
        "return utf8.len('\\u{e9}a'), utf8.char(233, 8212), utf8_clean('a\\xffb\\xc3'), utf8_clean(5)",
        '[2,"é—","a?b?",5]',
      ],
      ["return ('a\\xffb'):len(), ('\\xff\\xfe'):sub(1, 1) == '\\xff'", "[3,true]"],
      [
        "return ('Tactus'):upper(), ('ab'):rep(3, '-'), ('x'):rep(0), string.char(72, 105), ('Tactus'):byte(1, 3)",
        '["TACTUS","ab-ab-ab","","Hi",84,97,99]',
      ],
      ["return ('key=value'):gsub('(%w+)=(%w+)', '%2=%1')", '["value=key",1]'],
      ["return ('hello world'):gsub('%f[%w]%w', string.upper)", '["Hello World",2]'],
      ["return ('$x and $z'):gsub('%$(%w+)', {x = '1', z = false})", '["1 and $z",2]'],
      ["return ('[tag] rest'):match('^%[(.-)%]%s*(.*)$')", '["tag","rest"]'],
      [
        "return ('f(a(b)c)d'):match('%b()'), ('abc'):match('()c'), ('a.b'):find('.', 1, true)",
        '["(a(b)c)",3,2,2]',
      ],
      ["return string.pack('>I2', 258):byte(1, -1)", "[1,2]"],
    ],
    errors: [
      ["return pcall(error, 'plain')", '[false,"plain"]'],
      ["return pcall(error)", '[false,"<no error object>"]'],
      ["return select(2, pcall(error, {code = 42})).code", "[42]"],
      ["return pcall(function() error('level 0', 0) end)", '[false,"level 0"]'],
      ["return pcall(function()\n error('located') end)", '[false,"test.tac:2: located"]'],
      [
        "local function check() error('for the caller', 2) end\nreturn pcall(function()\n check() end)",
        '[false,"test.tac:3: for the caller"]',
      ],
      ["return pcall(function() return error('in a tail call') end)", '[false,"test.tac:1: in a tail call"]'],
      [
        "return pcall(function() local t = nil; return t.field end)",
        "[false,\"test.tac:1: attempt to index a nil value (local 't')\"]",
      ],
      [
        "return pcall(function() return 'a' + 1 end)",
        "[false,\"test.tac:1: attempt to add a 'string' with a 'number'\"]",
      ],
      [
        "return pcall(function() return {} < {} end)",
        '[false,"test.tac:1: attempt to compare two table values"]',
      ],
      [
        "return pcall(function() return #5 end)",
        '[false,"test.tac:1: attempt to get length of a number value"]',
      ],
      [
        "return pcall(function() nope() end)",
        "[false,\"test.tac:1: attempt to call a nil value (global 'nope')\"]",
      ],
      [
        "return pcall(function() local x = setmetatable(1, {}) end)",
        "[false,\"test.tac:1: bad argument #1 to 'setmetatable' (table expected, got number)\"]",
      ],
      [
        "return pcall(function() local x = ('x'):sub({}) end)",
        "[false,\"test.tac:1: bad argument #2 to 'sub' (number expected, got table)\"]",
      ],
      [
        "return pcall(function() local x = string.len() end)",
        "[false,\"test.tac:1: bad argument #1 to 'len' (string expected, got nil)\"]",
      ],
      [
        "return xpcall(function() error('boom', 0) end, function(m) return 'handled ' .. m end)",
        '[false,"handled boom"]',
      ],
      ["return xpcall(function(...) return select('#', ...) end, print, 1, nil)", "[true,2]"],
      ["return pcall(assert, false, 'text')", '[false,"text"]'],
      ["return pcall(assert, nil)", '[false,"assertion failed!"]'],
      ["return select('#', nil, nil), select(-1, 'a', 'b'), (pcall(select, 0))", '[2,"b",false]'],
    ],
    "tables and metatables": [
      [
        "local t = {5, 2, 8} table.sort(t) return t, table.concat({'a', 'b', 'c'}, '', 2, 3), table.unpack({1, 2})",
        '[[2,5,8],"bc",1,2]',
      ],
      ["return table.move({1, 2, 3}, 1, 3, 2, {9}), table.pack(1, nil, 3).n, unpack", "[[9,1,2,3],3,null]"],
      [
        "return (pcall(table.sort, {3, 'x', 1})), (pcall(table.insert, {1}, 5, 'x')), (pcall(table.concat, {1, {}, 3}))",
        "[false,false,false]",
      ],
      [
        "local n = 0 for k, v in pairs(setmetatable({}, {__pairs = function() return next, {a = 1, b = 2}, nil end})) do n = n + v end return n",
        "[3]",
      ],
      [
        "local m = {__index = function(_, k) return k .. '!' end, __len = function() return 9 end, __call = function(_, n) return n * 2 end} local o = setmetatable({}, m) return o.x, #o, o(4)",
        '["x!",9,8]',
      ],
      [
        "local m = {} m.__eq = function() return true end m.__lt = function() return true end m.__le = function() return false end local a, b = setmetatable({}, m), setmetatable({}, m) return a == b, a < b, a <= b",
        "[true,true,false]",
      ],
      [
        "local m = {__concat = function() return 'cat' end, __unm = function() return 'neg' end, __idiv = function() return 'idiv' end, __band = function() return 'band' end} local o = setmetatable({}, m) return o .. 1, -o, o // 1, o & 1",
        '["cat","neg","idiv","band"]',
      ],
      [
        "local o = setmetatable({}, {__metatable = 'locked'}) return getmetatable(o), pcall(setmetatable, o, {})",
        '["locked",false,"cannot change a protected metatable"]',
      ],
      [
        "local log = {} do local h <close> = setmetatable({}, {__close = function() log[#log + 1] = 'closed' end}) log[#log + 1] = 'body' end return log",
        '[["body","closed"]]',
      ],
      [
        "local called = false do local x = setmetatable({}, {__gc = function() called = true end}) end collectgarbage() collectgarbage() return called",
        "[false]",
      ],
      [
        "local m = {__gc = 1, tag = 'kept'} local o = setmetatable({}, m) return getmetatable(o) == m, m.__gc",
        "[true,1]",
      ],
    ],
    "control flow": [
      [
        "local odds = {} for i = 1, 7 do if i % 2 == 0 then goto even end odds[#odds + 1] = i ::even:: end return odds",
        "[[1,3,5,7]]",
      ],
      [
        "local t = {} for i = 10, 1, -3 do t[#t + 1] = i end for x = 0, 1, 0.5 do t[#t + 1] = x end return t",
        "[[10,7,4,1,0.0,0.5,1.0]]",
      ],
      ["return (pcall(function() for i = 1, 2, 0 do end end))", "[false]"],
      [
        "local function multi() return 1, 2, 3 end return #{multi(), multi()}, #{multi(), (multi())}, select('#', (multi()))",
        "[4,2,1]",
      ],
      ["local f = {} for i = 1, 3 do f[i] = function() return i end end return f[1](), f[3]()", "[1,3]"],
    ],
    coroutines: [
      [
        "local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) return c * 2 end) local _, x = coroutine.resume(co, 1, 2) local _, y = coroutine.resume(co, 10) return x, y, coroutine.status(co), coroutine.resume(co)",
        '[3,20,"dead",false,"cannot resume dead coroutine"]',
      ],
      [
        "local g = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i * i) end end) return g(), g(), g()",
        "[1,4,9]",
      ],
      ["return select(2, coroutine.running()), coroutine.isyieldable()", "[true,false]"],
      [
        "local co = coroutine.create(function() error('inside', 0) end) return coroutine.resume(co)",
        '[false,"inside"]',
      ],
      [
        "local co = coroutine.wrap(function() return pcall(function() coroutine.yield(1) error('x', 0) end) end) return co(), co()",
        '[1,false,"x"]',
      ],
      [
        "local co = coroutine.wrap(function() return xpcall(function() coroutine.yield(1) error('x', 0) end, function(m) return m .. '!' end) end) return co(), co()",
        '[1,false,"x!"]',
      ],
      ["return type(coroutine.close)", '["function"]'],
    ],
    "what is there and what is not": [
      [
        "return io, load, loadstring, loadfile, dofile, package, unpack, setfenv, python, string.dump",
        "[null,null,null,null,null,null,null,null,null,null]",
      ],
      [
        "local n = {} for k in pairs(os) do n[#n + 1] = k end for k in pairs(debug) do n[#n + 1] = k end table.sort(n) return n",
        '[["clock","date","getenv","getinfo","time","tmpname"]]',
      ],
      [
        "return type(print), type(warn), type(utf8), type(collectgarbage('count')), collectgarbage(), collectgarbage('stop'), _VERSION",
        '["function","function","table","number",0,0,"Lua 5.4"]',
      ],
      ["return os.getenv('PATH'), os.tmpname(), os.time(), os.clock()", '[null,"lua_000001",1795442709,0]'],
      [
        "return os.date(), os.date('%Y-%m-%dT%H:%M:%S %j %p %%'), os.date('!%A', 0), os.date('*t').wday",
        '["Mon Nov 23 14:05:09 2026","2026-11-23T14:05:09 327 PM %","Thursday",2]',
      ],
      ["return os.time({year = 2030, month = 1, day = 2, hour = 3})", "[1893553200]"],
      [
        "local i = debug.getinfo(1, 'Sl') return i.currentline, i.short_src, i.func, debug.getinfo(print).what",
        '[1,"test.tac",null,"Lua"]',
      ],
      [
        "local function f() return debug.getinfo(1, 'n').name end local n = f() return n, debug.getinfo(99)",
        '["f",null]',
      ],
      [
        "return tostring({}):match('^table: ') ~= nil, tostring(print):match('^function: ') ~= nil, tostring(nil)",
        '[true,true,"nil"]',
      ],
      ["string.shout = function(s) return s:upper() .. '!' end return ('hi'):shout()", '["HI!"]'],
      [
        "tostring, string.format, table.concat, type = nil, nil, nil, nil print(1) return string.reverse('\\u{e9}a')",
        '["aé"]',
      ],
    ],
  };
