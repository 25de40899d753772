import type { CStrings } from "./c-strings.ts";
import type { LuaExports } from "./lua-module.ts";

/** Opens the libraries that the dialect is made of. */
export function openLibraries(c: LuaExports, strings: CStrings, state: number): void {
  const libraries: Array<[string, (state: number) => number]> = [
    ["_G", c.luaopen_base],
    ["string", c.luaopen_string],
    ["table", c.luaopen_table],
    ["math", c.luaopen_math],
    ["utf8", c.luaopen_utf8],
    ["coroutine", c.luaopen_coroutine],
    ["debug", c.luaopen_debug],
  ];
  for (const [name, opener] of libraries) {
    const code = c.__indirect_function_table.grow(1, opener);
    c.luaL_requiref(state, strings.write(name), code, 1);
    c.lua_settop(state, 0);
  }
}
