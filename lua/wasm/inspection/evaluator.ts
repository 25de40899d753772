import type { Evaluation, EvaluationResult } from "../../inspection.ts";
import type { LuaMachine } from "../../machine/lua-machine.ts";
import { luaStatus, luaType } from "../../machine/lua-stack.ts";
import type { WasmInternals } from "../wasm-internals.ts";
import type { Frames, StateFrame } from "./frames.ts";
import type { PureFunctions } from "./pure-functions.ts";
import { inspectAt } from "./values.ts";

/** Instructions after which an expression is given up. */
const maximumInstructions = 20_000_000;
const step = 1000;
const hookEvents = { call: 1 << 0, count: 1 << 3 };
const countEvent = 3;
/** Values that one expression may name. */
const maximumBindings = 100;
const identifier = /(?<![\w.:])[A-Za-z_]\w*/g;
const chunkName = "=(expression)";
const sideEffects = "The expression would call a function that may change something.";

/** A name of the frame that the expression uses. */
interface Binding {
  readonly name: string;
  readonly kind: "local" | "upvalue";
  readonly position: number;
}

interface Attempt {
  readonly source: string;
  readonly bindings: readonly Binding[];
  readonly evaluation: Evaluation;
}

/**
 * Works out expressions in a frame. The names that the text uses are locals of a chunk of its own, which runs on a
 * thread of its own with its own count of instructions; what it assigned to them is written back.
 */
export class Evaluator {
  readonly #machine: LuaMachine;
  readonly #internals: WasmInternals;
  readonly #frames: Frames;
  readonly #pure: PureFunctions;
  readonly #hook: number;
  readonly #resultCount: number;
  readonly #names: { readonly chunk: number; readonly text: number };
  #instructions = 0;
  /** The thread of the expression that is worked out. */
  #thread = 0;
  #calls = 0;
  #refused: string | undefined;

  constructor(machine: LuaMachine, internals: WasmInternals, frames: Frames, pure: PureFunctions) {
    this.#machine = machine;
    this.#internals = internals;
    this.#frames = frames;
    this.#pure = pure;
    const { c, strings, instance } = internals;
    this.#hook = instance.addFunction(
      (state: number, record: number) => this.#onHook(state, record),
      ["i32", "i32"],
    );
    this.#resultCount = c.malloc(4);
    this.#names = { chunk: strings.keep(chunkName), text: strings.keep("t") };
  }

  evaluate(evaluation: Evaluation, frame: StateFrame | undefined): EvaluationResult {
    const { within, thread } = this.#internals;
    return within(frame?.state ?? thread(), () =>
      this.#machine.balanced(() => {
        this.#machine.stack.reserve(maximumBindings + 8);
        const bindings = frame ? this.#bind(evaluation.text, frame) : [];
        const attempt = { bindings, evaluation };
        const names = bindings.map(({ name }) => name);
        const value = this.#run({ ...attempt, source: valueSource(evaluation, names) }, frame);
        if (value) return value;
        if (evaluation.mode === "pure") return this.#syntaxProblem(evaluation.text);
        const done = this.#run({ ...attempt, source: statementSource(evaluation, names) }, frame);
        return done ?? this.#syntaxProblem(evaluation.text);
      }),
    );
  }

  /** Pushes what the text names in the frame; of a local and an upvalue with one name the local counts. */
  #bind(text: string, frame: StateFrame): Binding[] {
    const names = new Set(["_ENV", ...(text.match(identifier) ?? [])]);
    const bindings: Binding[] = [];
    for (const name of [...names].slice(0, maximumBindings)) {
      const local = this.#frames.pushLocal(frame, name);
      const position = local === 0 ? this.#frames.pushUpvalue(frame, name) : local;
      if (position !== 0) bindings.push({ name, kind: local === 0 ? "upvalue" : "local", position });
    }
    return bindings;
  }

  /** The bindings lie on top of the stack. Undefined when Lua can't compile the source. */
  #run(attempt: Attempt, frame: StateFrame | undefined): EvaluationResult | undefined {
    const { c, thread } = this.#internals;
    const caller = thread();
    const top = c.lua_gettop(caller);
    const own = c.lua_newthread(caller);
    try {
      if (!this.#load(own, attempt.source)) return undefined;
      const { length } = attempt.bindings;
      for (let index = 0; index < length; index++) {
        c.lua_pushvalue(caller, top - length + 1 + index);
        c.lua_xmove(caller, own, 1);
      }
      const status = this.#resume(own, caller, attempt);
      if (status !== luaStatus.ok) return this.#failure(own, status);
      if (attempt.evaluation.mode === "free") this.#writeBack(own, attempt.bindings, frame, top);
      return { ok: true, value: this.#internals.within(own, () => inspectAt(this.#machine, 1)) };
    } finally {
      c.lua_resetthread(own);
      c.lua_settop(caller, top);
    }
  }

  #load(own: number, source: string): boolean {
    const { c, strings, strictly } = this.#internals;
    const text = strings.write(source);
    const length = strings.lastLength;
    const { chunk, text: mode } = this.#names;
    return strictly(() => c.luaL_loadbufferx(own, text, length, chunk, mode)) === luaStatus.ok;
  }

  #resume(own: number, caller: number, { bindings, evaluation }: Attempt): number {
    const { c, strictly } = this.#internals;
    this.#instructions = 0;
    this.#calls = 0;
    this.#refused = undefined;
    const outer = this.#thread;
    this.#thread = own;
    const isPure = evaluation.mode === "pure";
    c.lua_sethook(own, this.#hook, hookEvents.count | (isPure ? hookEvents.call : 0), step);
    try {
      return strictly(() => c.lua_resume(own, caller, bindings.length, this.#resultCount));
    } finally {
      this.#thread = outer;
      c.lua_sethook(own, this.#hook, hookEvents.count, step);
    }
  }

  /** What of its bindings the text gave a new value: the results after the first are theirs. */
  #writeBack(own: number, bindings: readonly Binding[], frame: StateFrame | undefined, top: number): void {
    if (!frame) return;
    const { c } = this.#internals;
    bindings.forEach(({ kind, position, name }, index) => {
      if (name === "_ENV") return;
      c.lua_pushvalue(own, index + 2);
      c.lua_xmove(own, frame.state, 1);
      if (c.lua_rawequal(frame.state, top - bindings.length + 1 + index, -1) !== 0)
        c.lua_settop(frame.state, -2);
      else if (kind === "local") this.#frames.storeLocal(frame, position);
      else this.#frames.storeUpvalue(frame, position);
    });
  }

  #failure(own: number, status: number): EvaluationResult {
    if (this.#refused === sideEffects) return { ok: false, reason: "impure", message: sideEffects };
    if (status === luaStatus.yielded) {
      return { ok: false, reason: "failed", message: "An expression can't wait or yield." };
    }
    const message = this.#internals.within(own, () => {
      const { stack } = this.#machine;
      return stack.typeAt(-1) === luaType.string ? stack.toText(-1) : "The expression failed.";
    });
    return { ok: false, reason: "failed", message: message.replace(/^\(expression\):\d+: /, "") };
  }

  /** What is wrong with the text itself, without what stood around it. */
  #syntaxProblem(text: string): EvaluationResult {
    const { c, thread } = this.#internals;
    const own = c.lua_newthread(thread());
    this.#load(own, `return ${text}\n`);
    return this.#failure(own, luaStatus.syntax);
  }

  /** Also called in coroutines that an expression left behind; there the count is that of the run. */
  #onHook(state: number, record: number): void {
    const { c, strings, countHook } = this.#internals;
    if (this.#thread === 0) {
      countHook(state);
      return;
    }
    if (strings.integer(record) !== countEvent) {
      // The first call is that of the chunk.
      if (this.#calls++ === 0 || this.#pure.isPure(state, record)) return;
      this.#refused = sideEffects;
    } else {
      this.#instructions += step;
      if (this.#instructions < maximumInstructions) return;
      this.#refused = "The expression took too long.";
    }
    this.#internals.within(state, () => this.#machine.stack.pushText(this.#refused ?? ""));
    c.lua_sethook(state, this.#hook, hookEvents.count, 1);
    c.lua_error(state);
  }
}

function bindingsLine(names: readonly string[]): string {
  return names.length === 0 ? "" : `local ${names.join(",")} = ... `;
}

/** A value; what the text assigned (by the functions that it calls) stands behind it. */
function valueSource({ text, mode }: Evaluation, names: readonly string[]): string {
  if (mode === "pure") return `${bindingsLine(names)}return ${text}\n`;
  const all = ["(...)", ...names].join(",");
  return `${bindingsLine(names)}return (function(...) return ${all} end)(\n${text}\n)`;
}

function statementSource({ text }: Evaluation, names: readonly string[]): string {
  return `${bindingsLine(names)}do ${text}\nend return ${["nil", ...names].join(",")}`;
}
