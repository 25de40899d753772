import type { LuaEngine } from "../engine.ts";

/**
 * Programs of `semantics.ts` on which an engine may differ, with what it gives instead. The suite fails when a listed
 * difference is gone, so the table stays true. fengari is Lua 5.3 with 32-bit integers.
 */
export const allowedDifferences: Readonly<Record<LuaEngine["name"], Readonly<Record<string, string>>>> = {
  "lua54-wasm": {},
  fengari: {
    "return '10' + 5": "[15.0]",
    "return 1700000000 * 1000, 2147483647 + 1, 1 << 40": "[-807049216,-2147483648,0]",
    "return 9007199254740993, 0x7fffffffffffffff + 1 < 0": "[9007199254740992.0,false]",
    "for i = 1, 3 do local i <const> = i end return 1": "test.tac:1: unexpected symbol near '<'",
    "return ('%e %g %g'):format(12345.678, 1e20, 0.1)": '["1.2345678e+4 100000000000000000000 0.1"]',
    "return ('%.3f'):format(2 / 3), ('%5.1f'):format(-2.25), ('%.0f'):format(0.5)": '["0.667"," -2.3","1"]',
    "return pcall(function() return 'a' + 1 end)":
      '[false,"test.tac:1: attempt to perform arithmetic on a string value"]',
    "local log = {} do local h <close> = setmetatable({}, {__close = function() log[#log + 1] = 'closed' end}) log[#log + 1] = 'body' end return log":
      "test.tac:1: unexpected symbol near '<'",
    "return (pcall(function() for i = 1, 2, 0 do end end))": "[true]",
    "return type(coroutine.close)": '["nil"]',
  },
};
