import { LuaError, type LuaValue, luaJson } from "../engine.ts";
import { pushJson } from "./json-decoder.ts";
import { type LuaStack, luaType } from "./lua-stack.ts";
import { Reference, type ReferenceOwner } from "./references.ts";

/** As `readValue`, but floats stay floats when they go back to Lua. */
export function readExactValue(owner: ReferenceOwner, index: number): LuaValue {
  const value = readValue(owner, index);
  const isIntegralFloat =
    typeof value === "number" && Number.isSafeInteger(value) && !owner.stack.isInteger(index);
  return isIntegralFloat && !Object.is(value, -0) ? luaJson(`${value}.0`) : value;
}

/** Pushes a value of the host. Throws LuaError for one that Lua can't hold. */
export function pushValue(owner: ReferenceOwner, value: LuaValue): void {
  const { stack } = owner;
  if (value === undefined) stack.pushNil();
  else if (typeof value === "string") stack.pushText(value);
  else if (typeof value === "number") pushNumber(stack, value);
  else if (typeof value === "boolean") stack.pushBoolean(value);
  else if (typeof value === "bigint") pushBigInt(stack, value);
  else pushObject(owner, value);
}

/** Reads the value at `index`; coroutines and userdata, which the host has no face for, read as nil. */
export function readValue(owner: ReferenceOwner, index: number): LuaValue {
  const { stack, references } = owner;
  switch (stack.typeAt(index)) {
    case luaType.boolean:
      return stack.toBoolean(index);
    case luaType.number:
      return readNumber(stack, index);
    case luaType.string:
      return stack.toText(index);
    case luaType.table:
      stack.pushCopy(index);
      return references.takeTable();
    case luaType.function:
      stack.pushCopy(index);
      return references.takeFunction();
    default:
      return undefined;
  }
}

function pushNumber(stack: LuaStack, value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) stack.pushInteger(value);
  else stack.pushFloat(value);
}

function pushBigInt(stack: LuaStack, value: bigint): void {
  if (BigInt.asIntN(64, value) !== value) {
    throw new LuaError(`${value} does not fit an integer of Lua`, { kind: "conversion" });
  }
  stack.pushInteger(value);
}

function pushObject(owner: ReferenceOwner, value: Extract<LuaValue, object>): void {
  if (value instanceof Reference) value.push(owner);
  else if (value.kind === "json") pushJson(owner.stack, value.text);
  else throw new LuaError("a reference that no Lua state made", { kind: "conversion" });
}

function readNumber(stack: LuaStack, index: number): number | bigint {
  const value = stack.toNumber(index);
  return Number.isSafeInteger(value) || !stack.isInteger(index) ? value : stack.toBigInt(index);
}
