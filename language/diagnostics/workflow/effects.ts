import { vocabularyCall } from "#language/diagnostics/vocabulary-call.ts";
import type { Call, Inference } from "#language/semantics/inference/inference.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Node } from "#language/syntax/tree.ts";
import type { FunctionEntry } from "#vocabulary/entries.ts";
import { osLibrary } from "#vocabulary/lua/os-library.ts";

/** A call that may give something else in a resumed run, or that does something in the world. */
export interface EffectCall {
  readonly call: Call;
  /** For people: `os.time`. */
  readonly name: string;
  readonly entry: FunctionEntry;
  /** The tool that is called, when it is one: its own code says whether there is an effect at all. */
  readonly tool?: string;
  /** It is a function of a module of the library. */
  readonly isOfModule?: boolean;
}

/** The effects of the calls of one statement, each found out once. */
export class Effects {
  readonly #model: StatementModel;
  readonly #types: Inference;
  readonly #known = new Map<Call, EffectCall | undefined>();
  readonly #checkpoints = new Map<Call, boolean>();

  constructor(model: StatementModel, types: Inference) {
    this.#model = model;
    this.#types = types;
  }

  effectOf(call: Call): EffectCall | undefined {
    this.#look(call);
    return this.#known.get(call);
  }

  /** Whether the call is recorded, and with it whatever happens inside. */
  isCheckpoint(call: Call): boolean {
    this.#look(call);
    return this.#checkpoints.get(call) === true;
  }

  #look(call: Call): void {
    if (this.#known.has(call)) return;
    const known = vocabularyCall(this.#types, this.#model, call);
    const effect = known && !computesOnly(known.entry, call) ? known.entry.effect : undefined;
    this.#checkpoints.set(call, effect === "checkpointed");
    const hasEffect = effect === "nondeterministic" || effect === "external";
    this.#known.set(call, hasEffect && known ? this.#effect(call, known.entry, known.name) : undefined);
  }

  #effect(call: Call, entry: FunctionEntry, name: string): EffectCall {
    const handle = this.#types.typeOf(this.#model, handleOf(call));
    const isTool = handle.kind === "handle" && handle.handle === "tool";
    const isOfModule = handle.kind === "table" && handle.name?.startsWith("tactus.") === true;
    return {
      call,
      name,
      entry,
      ...(isTool && { tool: handle.name ?? "" }),
      ...(isOfModule && { isOfModule }),
    };
  }
}

/** With so many arguments the clock is not asked: `os.time(date)`, `os.date(format, time)`. */
const argumentsForNoClock: ReadonlyMap<FunctionEntry, number> = new Map(
  osLibrary.functions.flatMap((entry) => {
    const needed = { time: 1, date: 2 }[entry.name];
    return needed === undefined ? [] : [[entry, needed]];
  }),
);

function computesOnly(entry: FunctionEntry, call: Call): boolean {
  return call.arguments.length >= (argumentsForNoClock.get(entry) ?? Number.POSITIVE_INFINITY);
}

/** What is called, or whose member is. */
function handleOf(call: Call): Call["arguments"][number] {
  if (call.kind === "MethodCall") return call.object;
  return call.callee.kind === "MemberExpression" ? call.callee.object : call.callee;
}

export function isCall(node: Node): node is Call {
  return node.kind === "CallExpression" || node.kind === "MethodCall";
}
