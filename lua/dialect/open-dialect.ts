import type { EngineOptions, HostCall, HostFunction, LuaValue } from "../engine.ts";
import type { LuaMachine } from "../machine/lua-machine.ts";
import { prelude } from "./prelude.ts";
import { raiseError } from "./raise-error.ts";
import { RandomNumbers } from "./random-numbers.ts";
import { formatDate, parseDateTable } from "./utc-dates.ts";

/** Gives a fresh machine the Tactus dialect of the standard library. The library chunk is called `=tactus`. */
export function openDialect(machine: LuaMachine, options: EngineOptions): void {
  const host = machine.createTable();
  for (const [name, implementation] of Object.entries(hostFunctions(machine, options))) {
    const reference = machine.createFunction(name, implementation);
    host.set(name, reference);
    reference.release();
  }
  const chunk = machine.load(prelude, "=tactus");
  chunk.call(host);
  chunk.release();
  host.release();
  machine.stack.pushNative(() => raiseError(machine.stack));
  const error = machine.references.takeFunction();
  machine.globals.set("error", error);
  error.release();
}

function hostFunctions(machine: LuaMachine, options: EngineOptions): Record<string, HostFunction> {
  const random = new RandomNumbers(options.seed);
  const started = options.now();
  let names = 0;
  const noticed =
    (name: string, implementation: HostFunction): HostFunction =>
    (call) => {
      options.nondeterministic?.(name, call.position());
      return implementation(call);
    };
  return {
    stopped: () => machine.stopped,
    print: (call) => options.print(textArgument(call, 1)),
    random: noticed("math.random", () => random.next()),
    randomseed: noticed("math.randomseed", (call) => random.seed(numberArgument(call, 1) ?? 0)),
    time: noticed("os.time", (call) => secondsOf(call.argument(1)) ?? wholeSeconds(options.now())),
    clock: noticed("os.clock", () => (options.now() - started) / 1000),
    date: noticed("os.date", (call) =>
      formatDate(textArgument(call, 1), (numberArgument(call, 2) ?? wholeSeconds(options.now())) * 1000),
    ),
    getenv: noticed("os.getenv", () => undefined),
    tmpname: noticed("os.tmpname", () => `lua_${String(++names).padStart(6, "0")}`),
  };
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

function secondsOf(argument: LuaValue): number | undefined {
  return typeof argument === "object" && argument.kind === "table" ? parseDateTable(argument) : undefined;
}

function textArgument(call: HostCall, index: number): string {
  const value = call.argument(index);
  return typeof value === "string" ? value : "";
}

function numberArgument(call: HostCall, index: number): number | undefined {
  const value = call.argument(index);
  return typeof value === "number" ? value : undefined;
}
