import { type LuaStack, luaType } from "../machine/lua-stack.ts";

/** Lua's `error(message, level)`, where an absent message becomes a text as in Lua 5.5. A native function, so that it stands in no one's stack levels. */
export function raiseError(stack: LuaStack): never {
  if (stack.typeAt(1) <= luaType.nil) {
    stack.pushText("<no error object>");
    stack.raise();
  }
  const level = stack.typeAt(2) === luaType.number ? stack.toNumber(2) : 1;
  stack.setTop(1);
  if (stack.typeAt(1) === luaType.string && level > 0) {
    stack.pushWhere(level);
    stack.pushCopy(1);
    stack.concatenate();
  }
  stack.raise();
}
