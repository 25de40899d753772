import type { LuaInstance } from "../lua-module.ts";

/** Lines that the filter tells apart; one beyond it shares its place with an earlier one. */
export const filterLines = 0x1_0000;

/** Events of a hook, and where `lua_Debug` has them. */
const lineEvent = 2;
const offsets = { event: 0, currentLine: 24 };

type Hook = (state: number, record: number) => void;

/**
 * A hook in WebAssembly that calls out for watched lines only: a line that nobody watches costs a look into a table,
 * not a way into JavaScript. `lines` is the address of the table, a byte a line. Gives the C pointer of the hook.
 */
export function addLineFilter(
  { exports }: LuaInstance,
  lines: number,
  { onLine, onCount }: { readonly onLine: Hook; readonly onCount: Hook },
): number {
  const imports = { e: { m: exports.memory, l: onLine, c: onCount } };
  const filter = new WebAssembly.Instance(new WebAssembly.Module(assembled(lines)), imports);
  const table = exports.__indirect_function_table;
  return table.grow(1, filter.exports["f"]);
}

function assembled(lines: number): Uint8Array<ArrayBuffer> {
  const body = [
    0, // no locals
    ...[0x20, 1, 0x28, 2, offsets.event, 0x41, lineEvent, 0x46, 0x04, 0x40], // if record.event == line
    ...[0x20, 1, 0x28, 2, offsets.currentLine, 0x41, ...signed(filterLines - 1), 0x71], // place of the line
    ...[0x2d, 0, ...unsigned(lines), 0x04, 0x40], // if lines[place] != 0
    ...[0x20, 0, 0x20, 1, 0x10, 0, 0x0b], // onLine(state, record) end
    ...[0x0f, 0x0b], // return end
    ...[0x20, 0, 0x20, 1, 0x10, 1, 0x0b], // onCount(state, record) end
  ];
  const code = [1, ...unsigned(body.length), ...body];
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version 1
    ...[1, 6, 1, 0x60, 2, 0x7f, 0x7f, 0], // types: one, (i32, i32) → nothing
    ...[2, 20, 3], // imports: three of "e"
    ...[1, 0x65, 1, 0x6d, 2, 0, 0], // memory "m"
    ...[1, 0x65, 1, 0x6c, 0, 0], // function "l"
    ...[1, 0x65, 1, 0x63, 0, 0], // function "c"
    ...[3, 2, 1, 0], // functions: one of type 0
    ...[7, 5, 1, 1, 0x66, 0, 2], // exports: function 2 as "f"
    ...[10, ...unsigned(code.length), ...code],
  );
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
