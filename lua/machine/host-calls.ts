import { type HostCall, type HostFunction, LuaError, type LuaPosition, type LuaValue } from "../engine.ts";
import type { Failures } from "./failures.ts";
import type { Limits } from "./limits.ts";
import { callerPosition } from "./positions.ts";
import type { ReferenceOwner } from "./references.ts";

/** Lua allows 200 levels of C; with the frames of JavaScript between them, a thread's stack holds about 150. */
const maximumDepth = 100;

/** Runs host functions on behalf of Lua. */
export class HostCalls {
  readonly #owner: ReferenceOwner;
  readonly #limits: Limits;
  readonly #failures: Failures;
  /** The host call that runs: only its arguments are in the current frame. */
  #active: HostCall | undefined;
  /** Calls from the host into Lua under way. */
  #depth = 0;

  constructor(owner: ReferenceOwner, limits: Limits, failures: Failures) {
    this.#owner = owner;
    this.#limits = limits;
    this.#failures = failures;
  }

  /** Takes the arguments from the stack, pushes the results and returns their number; raises in Lua what the function throws. */
  serve(name: string, implementation: HostFunction): number {
    this.#limits.assertRunning();
    const { stack, references } = this.#owner;
    const argumentCount = stack.top();
    const succeeded = references.within(() => this.#run(name, implementation, argumentCount));
    if (!succeeded) stack.raise();
    return stack.top() - argumentCount;
  }

  /** Runs Lua, from inside a host call or not; meanwhile the arguments of that call are out of reach. */
  intoLua<T>(work: () => T): T {
    if (this.#depth >= maximumDepth) throw new LuaError("stack overflow (calls between Lua and its host)");
    const outer = this.#active;
    this.#active = undefined;
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
      this.#active = outer;
    }
  }

  #run(name: string, implementation: HostFunction, argumentCount: number): boolean {
    const { stack } = this.#owner;
    const outer = this.#active;
    try {
      this.#active = this.#frame(name, argumentCount);
      this.#pushResults(implementation(this.#active));
      return true;
    } catch (error) {
      stack.passUnwinding(error);
      stack.setTop(argumentCount);
      this.#failures.pushThrown(name, error);
      // What a host function threw because the run must end can't be caught for a while and then end it.
      this.#limits.ask();
      return false;
    } finally {
      this.#active = outer;
    }
  }

  #frame(name: string, argumentCount: number): HostCall {
    const inReach = (): void => {
      if (this.#active !== frame) throw new Error(`the call of ${name} was read while it did not run`);
    };
    const frame: HostCall = {
      argumentCount,
      argument: (index: number): LuaValue => {
        inReach();
        return index > argumentCount ? undefined : this.#owner.read(index);
      },
      exact: (index: number): LuaValue => {
        inReach();
        return index > argumentCount ? undefined : this.#owner.readExact(index);
      },
      position: (level = 1): LuaPosition | undefined => {
        inReach();
        return callerPosition(this.#owner.stack, level);
      },
    };
    return frame;
  }

  #pushResults(results: ReturnType<HostFunction>): void {
    const list = isList(results) ? results : [results ?? undefined];
    this.#owner.stack.reserve(list.length + 4);
    for (const result of list) this.#owner.push(result);
  }
}

function isList(results: ReturnType<HostFunction>): results is readonly LuaValue[] {
  return Array.isArray(results);
}
