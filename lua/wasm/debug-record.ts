import type { LuaFrame } from "../machine/lua-stack.ts";
import type { CStrings } from "./c-strings.ts";

/** Offsets in `lua_Debug` on a 32-bit machine, and its size with room to spare. */
const offsets = { name: 4, what: 12, source: 16, currentLine: 24, definedLine: 28 };
export const recordBytes = 128;

/** What `lua_getinfo` wrote. */
export interface DebugRecord {
  readonly name: string | undefined;
  readonly what: string;
  /** Chunk name with its mark. */
  readonly source: string;
  readonly currentLine: number;
  readonly definedLine: number;
}

/** Reads a record that was filled with `nSl`. */
export function readRecord(strings: CStrings, record: number): DebugRecord {
  const text = (offset: number): string | undefined => {
    const address = strings.integer(record + offset);
    return address === 0 ? undefined : strings.readToZero(address);
  };
  return {
    name: text(offsets.name),
    what: text(offsets.what) ?? "",
    source: text(offsets.source) ?? "",
    currentLine: strings.integer(record + offsets.currentLine),
    definedLine: strings.integer(record + offsets.definedLine),
  };
}

/** The chunk of a record that was filled with `S`, and one of its lines. */
export function readFrame(strings: CStrings, record: number, line: "currentLine" | "definedLine"): LuaFrame {
  const source = strings.integer(record + offsets.source);
  return { source: strings.readToZero(source), line: strings.integer(record + offsets[line]) };
}

/** The line of a record that a hook for lines got, which nobody has to fill. */
export function lineOfHook(strings: CStrings, record: number): number {
  return strings.integer(record + offsets.currentLine);
}
