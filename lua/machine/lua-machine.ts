import {
  type EngineOptions,
  type HostFunction,
  type JsonEncoding,
  type LuaEngine,
  LuaError,
  type LuaFunction,
  type LuaTable,
  type LuaValue,
} from "../engine.ts";
import { Failures } from "./failures.ts";
import { HostCalls } from "./host-calls.ts";
import { JsonEncoder } from "./json-encoder.ts";
import { Limits } from "./limits.ts";
import { type LuaStack, luaStatus } from "./lua-stack.ts";
import { chunkName } from "./positions.ts";
import { type ReferenceOwner, References } from "./references.ts";
import { pushValue, readExactValue, readValue } from "./values.ts";

/** The engine port over a stack: all that is the same for Lua in WebAssembly and fengari. */
export class LuaMachine implements LuaEngine, ReferenceOwner {
  readonly name: LuaEngine["name"];
  readonly stack: LuaStack;
  readonly references: References;
  readonly globals: LuaTable;
  /** Called where an error is raised that the host gets, with its value at 1. Must not throw. */
  onError: (() => void) | undefined;
  readonly #limits: Limits;
  readonly #failures: Failures;
  readonly #hostCalls: HostCalls;
  readonly #messageHandler: LuaFunction;
  #closed = false;

  constructor(name: LuaEngine["name"], stack: LuaStack, options: EngineOptions) {
    this.name = name;
    this.stack = stack;
    this.references = new References(this);
    this.#limits = new Limits(stack, options);
    this.#failures = new Failures(this, this.#limits);
    this.#hostCalls = new HostCalls(this, this.#limits, this.#failures);
    stack.pushGlobals();
    this.globals = this.references.takeTable();
    stack.pushNative(() => {
      this.onError?.();
      return this.#failures.observe();
    });
    this.#messageHandler = this.references.takeFunction();
  }

  /** True after a limit was hit or the machine was interrupted. */
  get stopped(): boolean {
    return this.#limits.stop !== undefined;
  }

  /** Whether the error value at `index` is that of an error which the host only passes on. */
  isPassedOn(index: number): boolean {
    return this.#failures.isPassedOn(index);
  }

  /** A text for the error value at `index`. */
  errorTextAt(index: number): string {
    return this.#failures.textAt(index);
  }

  /** Called once the libraries are set up. */
  enforceLimits(): void {
    this.#limits.start();
  }

  load(source: string, chunk: string): LuaFunction {
    this.#assertOpen();
    const status = this.stack.load(source, chunkName(chunk));
    if (status === luaStatus.ok) return this.references.takeFunction();
    const failure = this.#failures.take(status);
    const line = /:(\d+): /.exec(failure.message)?.[1];
    throw new LuaError(failure.message, {
      kind: failure.kind,
      position: line === undefined ? undefined : { chunk, line: Number(line) },
    });
  }

  createTable(): LuaTable {
    this.#assertOpen();
    this.stack.newTable(0, 0);
    return this.references.takeTable();
  }

  createFunction(name: string, implementation: HostFunction): LuaFunction {
    this.#assertOpen();
    this.stack.pushNative(() => this.#hostCalls.serve(name, implementation));
    return this.references.takeFunction();
  }

  encodeJson(value: LuaValue, encoding: JsonEncoding): string {
    return this.balanced(() => {
      this.stack.reserve(4);
      this.push(value);
      const table = (): LuaTable => {
        this.stack.pushCopy(-1);
        return this.references.takeTable();
      };
      return this.references.within(() => new JsonEncoder(this.stack, encoding, table).encode());
    });
  }

  usage(): { memoryBytes: number; peakMemoryBytes: number; instructions: number } {
    return { ...this.stack.usage(), instructions: this.#limits.instructions };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.stack.close();
  }

  push(value: LuaValue): void {
    pushValue(this, value);
  }

  read(index: number): LuaValue {
    return readValue(this, index);
  }

  readExact(index: number): LuaValue {
    return readExactValue(this, index);
  }

  call(target: LuaFunction, args: readonly LuaValue[], read: (index: number) => LuaValue): LuaValue[] {
    return this.#hostCalls.intoLua(() => this.balanced((base) => this.#callAt(base, target, args, read)));
  }

  balanced<T>(work: (base: number) => T): T {
    this.#assertOpen();
    const base = this.stack.top();
    try {
      const result = work(base);
      this.stack.setTop(base);
      return result;
    } catch (error) {
      this.stack.passUnwinding(error);
      this.stack.setTop(base);
      throw error;
    }
  }

  #callAt(
    base: number,
    target: LuaFunction,
    args: readonly LuaValue[],
    read: (index: number) => LuaValue,
  ): LuaValue[] {
    this.stack.reserve(args.length + 4);
    this.push(this.#messageHandler);
    this.push(target);
    for (const arg of args) this.push(arg);
    this.#failures.reset();
    const status = this.stack.protectedCall(args.length, base + 1);
    if (status !== luaStatus.ok) throw this.#failures.take(status);
    const results: LuaValue[] = [];
    this.stack.reserve(4);
    for (let index = base + 2, top = this.stack.top(); index <= top; index++) results.push(read(index));
    return results;
  }

  #assertOpen(): void {
    if (this.#closed) throw new LuaError("this Lua state was closed", { kind: "aborted" });
  }
}
