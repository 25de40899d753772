import type { CStrings } from "./c-strings.ts";
import type { LuaInstance } from "./lua-module.ts";

const plainFormat = "%.14g";
/** The grouping flag is refused by `string.format`, so only Lua's own conversion of floats can carry it. */
const markedFormat = "%'.9g";
const groupingFlag = 1 << 7;
const formatFloatParameters = 6;

/**
 * Makes Lua 5.4 print floats as Lua 5.5 does, wherever it turns one into text (`tostring`, `..`, `%s`, `table.concat`):
 * 15 significant digits when they read back as the same number, 17 otherwise.
 *
 * The C library formats floats through a pointer in the function table. Lua's own format is marked in the data segment
 * and a function with the chosen precision takes the pointer's place. Throws when the binary is not the one we know.
 */
export function printShortestFloats(instance: LuaInstance, strings: CStrings): void {
  markFormat(strings);
  const table = instance.exports.__indirect_function_table;
  const slot = findFormatFunction(table);
  const format: FormatFloat = table.get(slot);
  table.set(
    slot,
    instance.wrapFunction<FormatFloat>(
      (file, value, width, precision, flags, letter) => {
        if ((flags & groupingFlag) === 0) return format(file, value, width, precision, flags, letter);
        const digits = Number(value.toPrecision(15)) === value ? 15 : 17;
        return format(file, value, width, digits, flags & ~groupingFlag, letter);
      },
      ["i32", "f64", "i32", "i32", "i32", "i32"],
      "i32",
    ),
  );
}

type FormatFloat = (
  file: number,
  value: number,
  width: number,
  precision: number,
  flags: number,
  letter: number,
) => number;

function markFormat(strings: CStrings): void {
  const bytes = strings.bytes();
  const wanted = new TextEncoder().encode(`\0${plainFormat}\0`);
  const at = bytes.findIndex((_, start) => wanted.every((byte, index) => bytes[start + index] === byte));
  if (at < 0) throw new Error("this build of Lua has no float format where we look for it");
  bytes.set(new TextEncoder().encode(markedFormat), at + 1);
}

function findFormatFunction(table: WebAssembly.Table): number {
  const found: number[] = [];
  for (let slot = 0; slot < table.length; slot++) {
    if (table.get(slot)?.length === formatFloatParameters) found.push(slot);
  }
  const [slot] = found;
  if (slot === undefined || found.length > 1)
    throw new Error("this build of Lua formats floats in another way");
  return slot;
}
