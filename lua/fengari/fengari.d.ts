/**
 * The part of fengari that we use; it has no types of its own. Texts of Lua are bytes.
 *
 * A bundle for a browser defines `process` as undefined and `process.env.FENGARICONF` as undefined: what fengari needs
 * of Node (its io, os and package libraries, which we never open) then falls away.
 */
declare module "fengari" {
  interface State {
    readonly luaState: never;
  }
  interface DebugRecord {
    readonly source: Uint8Array;
    readonly currentline: number;
    readonly linedefined: number;
  }
  type NativeFunction = (state: State) => number;

  interface Lua {
    readonly LUA_REGISTRYINDEX: number;
    readonly LUA_RIDX_GLOBALS: number;
    readonly LUA_MULTRET: number;
    readonly LUA_MASKCOUNT: number;
    readonly lua_Debug: new () => DebugRecord;
    lua_atnativeerror(state: State, handler: NativeFunction): unknown;
    lua_checkstack(state: State, count: number): boolean;
    lua_concat(state: State, count: number): void;
    lua_createtable(state: State, sequenceSize: number, otherSize: number): void;
    lua_error(state: State): never;
    lua_getinfo(state: State, what: Uint8Array, record: DebugRecord): number;
    lua_getmetatable(state: State, index: number): boolean;
    lua_getstack(state: State, level: number, record: DebugRecord): number;
    lua_gettop(state: State): number;
    lua_isinteger(state: State, index: number): boolean;
    lua_next(state: State, index: number): number;
    lua_pcall(state: State, args: number, results: number, handler: number): number;
    lua_pushboolean(state: State, value: boolean): void;
    lua_pushcfunction(state: State, native: NativeFunction): void;
    lua_pushinteger(state: State, value: number): void;
    lua_pushnil(state: State): void;
    lua_pushnumber(state: State, value: number): void;
    lua_pushstring(state: State, text: Uint8Array): void;
    lua_pushvalue(state: State, index: number): void;
    lua_rawequal(state: State, left: number, right: number): boolean | number;
    lua_rawget(state: State, index: number): number;
    lua_rawgeti(state: State, index: number, position: number): number;
    lua_rawlen(state: State, index: number): number;
    lua_rawset(state: State, index: number): void;
    lua_rawseti(state: State, index: number, position: number): void;
    lua_sethook(state: State, hook: (state: State) => void, mask: number, count: number): void;
    lua_setmetatable(state: State, index: number): void;
    lua_settop(state: State, index: number): void;
    lua_toboolean(state: State, index: number): boolean;
    lua_tonumber(state: State, index: number): number;
    lua_topointer(state: State, index: number): unknown;
    lua_tostring(state: State, index: number): Uint8Array;
    lua_touserdata(state: State, index: number): unknown;
    lua_type(state: State, index: number): number;
  }

  interface Auxiliary {
    luaL_loadbufferx(
      state: State,
      text: Uint8Array,
      length: number,
      name: Uint8Array,
      mode: Uint8Array,
    ): number;
    luaL_newstate(): State;
    luaL_requiref(state: State, name: Uint8Array, opener: NativeFunction, global: number): void;
    luaL_traceback(state: State, of: State, message: null, level: number): void;
    luaL_where(state: State, level: number): void;
  }

  interface Libraries {
    readonly luaopen_base: NativeFunction;
    readonly luaopen_string: NativeFunction;
    readonly luaopen_table: NativeFunction;
    readonly luaopen_math: NativeFunction;
    readonly luaopen_utf8: NativeFunction;
    readonly luaopen_coroutine: NativeFunction;
    readonly luaopen_debug: NativeFunction;
  }

  const fengari: { readonly lua: Lua; readonly lauxlib: Auxiliary; readonly lualib: Libraries };
  export = fengari;
}

declare module "fengari/src/fengaricore.js" {
  const core: { readonly FENGARI_RELEASE: string };
  export = core;
}

declare module "fengari/src/luaconf.js" {
  const configuration: { lua_number2str(value: number): string };
  export = configuration;
}
