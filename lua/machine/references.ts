import { LuaError, type LuaFunction, type LuaPosition, type LuaTable, type LuaValue } from "../engine.ts";
import { compareKeys } from "./key-order.ts";
import type { LuaStack } from "./lua-stack.ts";
import { positionOf } from "./positions.ts";

/** What references need of the machine whose values they name. */
export interface ReferenceOwner {
  readonly stack: LuaStack;
  readonly references: References;
  push(value: LuaValue): void;
  read(index: number): LuaValue;
  readExact(index: number): LuaValue;
  call(target: LuaFunction, args: readonly LuaValue[], read: (index: number) => LuaValue): LuaValue[];
  /** Runs work that may leave values on the stack, and removes them; `base` is the index below the first. Throws when the machine can't be used any more. */
  balanced<T>(work: (base: number) => T): T;
}

/** A value that Lua keeps for the host: in a slot, until released. */
export abstract class Reference {
  protected readonly machine: ReferenceOwner;
  readonly #slot: number;
  #state: "scoped" | "retained" | "released";

  constructor(machine: ReferenceOwner, slot: number, scoped: boolean) {
    this.machine = machine;
    this.#slot = slot;
    this.#state = scoped ? "scoped" : "retained";
  }

  /** Pushes the value; the machine checks that it is one of its own. */
  push(machine: ReferenceOwner): void {
    if (this.#state === "released") throw new LuaError("a Lua reference was used after its release");
    if (machine !== this.machine) throw new LuaError("a Lua reference was used in another Lua state");
    machine.stack.pushSlot(this.#slot);
  }

  is(other: LuaValue): boolean {
    if (!(other instanceof Reference) || !other.belongsTo(this.machine)) return false;
    return this.machine.balanced(() => {
      this.push(this.machine);
      other.push(this.machine);
      return this.machine.stack.rawEqual(-1, -2);
    });
  }

  belongsTo(machine: ReferenceOwner): boolean {
    return machine === this.machine;
  }

  retain(): this {
    if (this.#state === "scoped") this.#state = "retained";
    return this;
  }

  release(): void {
    if (this.#state === "released") return;
    this.#state = "released";
    this.machine.references.free(this.#slot);
  }

  /** Called when the host call ends that the reference belongs to. */
  leaveScope(): void {
    if (this.#state === "scoped") this.release();
  }
}

export class TableReference extends Reference implements LuaTable {
  readonly kind = "table";

  get(key: string | number): LuaValue {
    return this.#field(key, () => this.machine.read(-1));
  }

  exact(key: string | number): LuaValue {
    return this.#field(key, () => this.machine.readExact(-1));
  }

  set(key: string | number, value: LuaValue): void {
    if (Number.isNaN(key)) throw new LuaError("NaN can't be a key of a table", { kind: "conversion" });
    this.#onStack((stack, table) => {
      this.machine.push(key);
      this.machine.push(value);
      stack.rawSet(table);
    });
  }

  length(): number {
    return this.#onStack((stack, table) => stack.rawLength(table));
  }

  entries(): Array<[key: LuaValue, value: LuaValue]> {
    const entries = this.#onStack((stack, table) => {
      const found: Array<[LuaValue, LuaValue]> = [];
      stack.pushNil();
      while (stack.next(table)) {
        found.push([this.machine.read(-2), this.machine.read(-1)]);
        stack.setTop(-2);
      }
      return found;
    });
    return entries.sort(([left], [right]) => compareKeys(left, right));
  }

  setMetatable(metatable: LuaTable | undefined): void {
    this.#onStack((stack, table) => {
      this.machine.push(metatable);
      stack.setMetatable(table);
    });
  }

  getMetatable(): LuaTable | undefined {
    return this.#onStack((stack, table) => {
      const metatable = stack.getMetatable(table) ? this.machine.read(-1) : undefined;
      return metatable instanceof TableReference ? metatable : undefined;
    });
  }

  /** Reads the value of a key, which is on top then. */
  #field(key: string | number, read: () => LuaValue): LuaValue {
    return this.#onStack((stack, table) => {
      if (typeof key === "number" && Number.isSafeInteger(key)) stack.rawGetAt(table, key);
      else {
        this.machine.push(key);
        stack.rawGet(table);
      }
      return read();
    });
  }

  /** Works on the table at an absolute index. */
  #onStack<T>(work: (stack: LuaStack, table: number) => T): T {
    return this.machine.balanced((base) => {
      this.machine.stack.reserve(4);
      this.push(this.machine);
      return work(this.machine.stack, base + 1);
    });
  }
}

export class FunctionReference extends Reference implements LuaFunction {
  readonly kind = "function";

  call(...args: LuaValue[]): LuaValue[] {
    return this.machine.call(this, args, (index) => this.machine.read(index));
  }

  callExact(...args: LuaValue[]): LuaValue[] {
    return this.machine.call(this, args, (index) => this.machine.readExact(index));
  }

  definition(): LuaPosition | undefined {
    return this.machine.balanced(() => {
      this.push(this.machine);
      return positionOf(this.machine.stack.definition());
    });
  }
}

/** The slots of one machine, and which references end with the running host call. */
export class References {
  readonly #machine: ReferenceOwner;
  readonly #free: number[] = [];
  readonly #scoped: Reference[] = [];
  #slots = 0;
  #depth = 0;

  constructor(machine: ReferenceOwner) {
    this.#machine = machine;
  }

  /** Pops the table on top. */
  takeTable(): TableReference {
    return this.#scope(new TableReference(this.#machine, this.#take(), this.#depth > 0));
  }

  /** Pops the function on top. */
  takeFunction(): FunctionReference {
    return this.#scope(new FunctionReference(this.#machine, this.#take(), this.#depth > 0));
  }

  /** Empties a slot for the next reference. */
  free(slot: number): void {
    this.#machine.stack.pushNil();
    this.#machine.stack.setSlot(slot);
    this.#free.push(slot);
  }

  /** Runs a host call; references made in it end with it, unless retained. */
  within<T>(run: () => T): T {
    const mark = this.#scoped.length;
    this.#depth++;
    try {
      return run();
    } finally {
      this.#depth--;
      for (const reference of this.#scoped.splice(mark)) reference.leaveScope();
    }
  }

  #take(): number {
    const slot = this.#free.pop() ?? this.#slots++;
    this.#machine.stack.setSlot(slot);
    return slot;
  }

  #scope<R extends Reference>(reference: R): R {
    if (this.#depth > 0) this.#scoped.push(reference);
    return reference;
  }
}
