import type { InspectedValue, NamedValue } from "../../inspection.ts";
import type { LuaMachine } from "../../machine/lua-machine.ts";
import { luaType } from "../../machine/lua-stack.ts";

/** Bytes of a text that are read; whoever wants all of it reads the value. */
const textBytes = 64 * 1024;

const kinds: ReadonlyMap<number, InspectedValue["kind"]> = new Map([
  [luaType.nil, "nil"],
  [luaType.boolean, "boolean"],
  [luaType.number, "number"],
  [luaType.string, "string"],
  [luaType.table, "table"],
  [luaType.function, "function"],
  [luaType.thread, "thread"],
]);

/** Reads the value at `index` of the thread that the machine works on. */
export function inspectAt(machine: LuaMachine, index: number): InspectedValue {
  const kind = kinds.get(machine.stack.typeAt(index)) ?? "userdata";
  const value = machine.read(index);
  if (typeof value === "object" && value.kind !== "json") value.retain();
  const cut = typeof value === "string" && value.length > textBytes;
  return { kind, text: textOf(machine, index, kind).slice(0, textBytes), cut, value };
}

/** As `inspectAt`, of the value on top, which is popped. */
export function takeNamed(machine: LuaMachine, name: string): NamedValue {
  const taken = { name, ...inspectAt(machine, -1) };
  machine.stack.setTop(-2);
  return taken;
}

function textOf({ stack }: LuaMachine, index: number, kind: InspectedValue["kind"]): string {
  if (kind === "nil") return "nil";
  if (kind === "boolean") return String(stack.toBoolean(index));
  if (kind === "string") return stack.toText(index);
  if (kind !== "number") return "";
  return stack.isInteger(index) ? String(stack.toBigInt(index)) : floatText(stack.toNumber(index));
}

/** A float shows that it is one: `2.0`. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
