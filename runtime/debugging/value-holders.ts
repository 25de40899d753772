import type { LuaTable } from "#lua/engine.ts";
import type { FrameAt } from "#lua/inspection.ts";
import { DebugRefusal } from "./debug-refusal.ts";
import type { DebuggedProgram } from "./debugged-program.ts";

/** Something with parts that was shown: a scope or a table. */
export interface ValueHolder {
  readonly program: DebuggedProgram;
  /** Where expressions are worked out; absent: nowhere in particular. */
  readonly frame: FrameAt | undefined;
  readonly content:
    | { readonly kind: "locals" | "upvalues" }
    /** `owned`: the reference is the debugger's own, and goes with what was shown. */
    | { readonly kind: "table"; readonly table: LuaTable; readonly owned: boolean };
  /** The expression that its members are members of; empty: they are names themselves; undefined: there is none. */
  readonly expression: string | undefined;
}

/** What was shown since the run stopped, by the numbers that it was shown with. */
export class ValueHolders {
  readonly #holders: ValueHolder[] = [];

  add(holder: ValueHolder): number {
    return this.#holders.push(holder);
  }

  /** Throws DebugRefusal `not-found`. */
  find(reference: number): ValueHolder {
    const holder = this.#holders[reference - 1];
    if (holder) return holder;
    throw new DebugRefusal("not-found", "The value is not there any more: the run went on.");
  }

  clear(): void {
    for (const { content } of this.#holders.splice(0)) {
      if (content.kind === "table" && content.owned) content.table.release();
    }
  }
}
