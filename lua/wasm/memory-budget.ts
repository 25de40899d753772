import type { LuaExports } from "./lua-module.ts";

/** Strings that Lua and the host hold twice while they cross, and holes of the C allocator. */
const slackBytes = 64 << 20;

/** How far the memory of a state may grow that has this budget. */
export function linearMemoryBytes(budgetBytes: number): number {
  return 3 * budgetBytes + slackBytes;
}

/**
 * The allocator of one Lua state, with an upper bound on the bytes held. While host code works on the stack the bound
 * is lifted, since a failed allocation would unwind through it; the next allocation of Lua itself then fails instead.
 */
export class MemoryBudget {
  usedBytes = 0;
  peakBytes = 0;
  enforced = false;
  readonly limitBytes: number;
  readonly #onRefused: () => void;

  /** `onRefused` is called in the middle of C code: it may look, and change nothing. */
  constructor(limitBytes: number, onRefused: () => void) {
    this.limitBytes = limitBytes;
    this.#onRefused = onRefused;
  }

  /** Lua's `lua_Alloc`: for a new block `oldSize` tells the type of object, not a size. */
  allocate(c: LuaExports, block: number, oldSize: number, newSize: number): number {
    const held = block === 0 ? 0 : oldSize;
    if (newSize === 0) {
      c.free(block);
      this.usedBytes -= held;
      return 0;
    }
    const after = this.usedBytes + newSize - held;
    if (this.enforced && newSize > held && after > this.limitBytes) {
      this.#onRefused();
      return 0;
    }
    const moved = c.realloc(block, newSize);
    if (moved === 0) return 0;
    this.usedBytes = after;
    if (after > this.peakBytes) this.peakBytes = after;
    return moved;
  }

  hasRoomFor(bytes: number): boolean {
    return this.usedBytes + bytes <= this.limitBytes;
  }
}
