import { LuaError } from "../engine.ts";
import type { LuaStack } from "./lua-stack.ts";

declare global {
  interface JSON {
    /** The third parameter of a reviver, which the library's types don't know yet. */
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
  }
}

const maximumDepth = 200;
/** Numbers whose kind or value `JSON.parse` alone would lose: `3.0`, `1e3`, integers beyond 2^53. */
const delicateNumber = /\d\.0*(?![0-9])|\d[eE]|\d{16}/;

/** Decodes JSON text and pushes it as fresh Lua values. Throws LuaError of kind "conversion" for text that is no JSON. */
export function pushJson(stack: LuaStack, text: string): void {
  pushDecoded(stack, parse(text), 0);
}

class FloatLiteral {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

function parse(text: string): unknown {
  try {
    return delicateNumber.test(text) ? JSON.parse(text, keepNumberKind) : JSON.parse(text);
  } catch (error) {
    throw new LuaError(`not valid JSON: ${error instanceof Error ? error.message : String(error)}`, {
      kind: "conversion",
    });
  }
}

function keepNumberKind(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== "number" || !Number.isInteger(value)) return value;
  const source = context.source ?? "";
  if (/[.eE]/.test(source)) return new FloatLiteral(value);
  return Number.isSafeInteger(value) ? value : BigInt(source);
}

function pushDecoded(stack: LuaStack, value: unknown, depth: number): void {
  if (depth > maximumDepth) {
    throw new LuaError(`the JSON is nested deeper than ${maximumDepth} levels`, { kind: "conversion" });
  }
  if (Array.isArray(value)) pushList(stack, value, depth);
  else if (value instanceof FloatLiteral) stack.pushFloat(value.value);
  else if (typeof value === "object" && value !== null) pushObject(stack, value, depth);
  else pushScalar(stack, value);
}

function pushScalar(stack: LuaStack, value: unknown): void {
  if (typeof value === "string") stack.pushText(value);
  else if (typeof value === "boolean") stack.pushBoolean(value);
  else if (typeof value === "bigint") pushBigInteger(stack, value);
  else if (typeof value === "number" && Number.isInteger(value)) stack.pushInteger(value);
  else if (typeof value === "number") stack.pushFloat(value);
  else stack.pushNil();
}

/** Integers that 64 bits can't hold become floats, as in Lua's own literals. */
function pushBigInteger(stack: LuaStack, value: bigint): void {
  if (BigInt.asIntN(64, value) === value) stack.pushInteger(value);
  else stack.pushFloat(Number(value));
}

function pushList(stack: LuaStack, list: readonly unknown[], depth: number): void {
  stack.reserve(3);
  stack.newTable(list.length, 0);
  list.forEach((item, index) => {
    pushDecoded(stack, item, depth + 1);
    stack.rawSetAt(-2, index + 1);
  });
}

function pushObject(stack: LuaStack, object: object, depth: number): void {
  const entries = Object.entries(object);
  stack.reserve(4);
  stack.newTable(0, entries.length);
  for (const [key, value] of entries) {
    stack.pushText(key);
    pushDecoded(stack, value, depth + 1);
    stack.rawSet(-3);
  }
}
