import type { LuaPosition } from "../engine.ts";
import type { LuaFrame, LuaStack } from "./lua-stack.ts";

const libraryMark = "=";
const fileMark = "@";

/** The name Lua wants for a chunk: a mark says that it is not the source text itself. */
export function chunkName(chunk: string): string {
  return chunk.startsWith(libraryMark) ? chunk : fileMark + chunk;
}

/** Where a frame stands; undefined for functions of the host. */
export function positionOf(frame: LuaFrame): LuaPosition | undefined {
  if (frame.line <= 0) return undefined;
  const marked = frame.source.startsWith(fileMark);
  return { chunk: marked ? frame.source.slice(1) : frame.source, line: frame.line };
}

/** Position of the `wanted`-th frame (from 1) that runs code of the procedure: functions of the host and library chunks don't count. */
export function callerPosition(stack: LuaStack, wanted: number): LuaPosition | undefined {
  let seen = 0;
  for (let level = 0; ; level++) {
    const frame = stack.frame(level);
    if (frame === undefined) return undefined;
    const position = positionOf(frame);
    if (position === undefined || position.chunk.startsWith(libraryMark)) continue;
    seen++;
    if (seen === wanted) return position;
  }
}
