import type { DebugProtocol } from "@vscode/debugprotocol";
import { isJsonObject, type Json, type JsonObject, jsonOrText } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { DebugParams } from "#protocol/debugging/commands.ts";
import type { DebugValue, Scope, StackFrame, Variable } from "#protocol/debugging/inspection.ts";
import { pageEntries } from "#protocol/debugging/limits.ts";
import type { StoppedNotice } from "#protocol/debugging/notices.ts";
import type { DebugRefusal, RunDebugger } from "#protocol/debugging/run-debugger.ts";
import { AdapterProblem } from "../problems.ts";
import { presentScopes } from "../record/record-scopes.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { Sources } from "../sources.ts";
import type { Container, Page, References } from "../values/container.ts";
import { jsonVariable } from "../values/json-values.ts";
import type {
  Completion,
  Evaluated,
  Evaluation,
  ExceptionInformation,
  Stack,
  StackPage,
  View,
} from "../view.ts";

export interface LiveParts {
  readonly debugger: RunDebugger;
  readonly record: RunRecord;
  readonly sources: Sources;
  readonly references: References;
  /** Whether its values are only looked at. */
  readonly readOnly?: boolean;
}

/** Calls of the host's functions within each other; deeper ones are shown. */
const mostOnTop = 10;

const scopeNames: Readonly<Record<Scope["kind"], string>> = {
  locals: "Locals",
  upvalues: "Upvalues",
  globals: "Globals",
  state: "State",
  input: "Input",
};

/** A run in its sandbox, where it stands now. Everything is asked of the sandbox when the client asks for it. */
export class LiveView implements View {
  readonly #parts: LiveParts;
  /** Why it stopped; undefined while it only waits for an answer of the host. */
  readonly #stop: StoppedNotice | undefined;
  /** Number of the frame under all others, once it was shown. */
  #lowest: number | undefined;

  constructor(parts: LiveParts, stop: StoppedNotice | undefined) {
    this.#parts = parts;
    this.#stop = stop;
  }

  /**
   * Functions of the library on top of the stack have no text: what is to be seen begins with the line that called them.
   */
  async stack(thread: number, { startFrame = 0, levels }: StackPage): Promise<Stack> {
    const hidden = await this.#framesOnTop(thread);
    const count = Math.min(levels || pageEntries, pageEntries);
    const { frames, total } = given(
      await this.#parts.debugger.request("stack", { thread, start: startFrame + hidden, count }),
    );
    const last = frames.at(-1);
    if (startFrame + hidden + frames.length >= total) this.#lowest = last?.id;
    return { stackFrames: frames.map((frame) => this.#frame(frame)), totalFrames: total - hidden };
  }

  async #framesOnTop(thread: number): Promise<number> {
    const { frames } = given(
      await this.#parts.debugger.request("stack", { thread, start: 0, count: mostOnTop }),
    );
    const { sources } = this.#parts;
    const first = frames.findIndex(({ file }) => file !== undefined && sources.source(file) !== undefined);
    return Math.max(0, first);
  }

  async scopes(frame: number): Promise<readonly DebugProtocol.Scope[]> {
    const { scopes } = given(await this.#parts.debugger.request("scopes", { frame }));
    return [
      ...this.#pendingArguments(),
      ...scopes.map((scope) => this.#scope(scope)),
      ...presentScopes(this.#parts.record, this.#parts.references),
    ];
  }

  async evaluate(
    frame: number | undefined,
    { expression, context }: Evaluation,
  ): Promise<Result<Evaluated, string>> {
    const evaluated = await this.#parts.debugger.request("evaluate", {
      expression,
      purpose: purposes[context ?? ""] ?? "watch",
      ...(frame !== undefined && { frame }),
    });
    if (!evaluated.ok) return fail(evaluated.error.message);
    const { value, ...shown } = this.#value(evaluated.value);
    return ok({ ...shown, result: value });
  }

  async assign(
    frame: number | undefined,
    expression: string,
    value: string,
  ): Promise<Result<Evaluated, string>> {
    const assigned = await this.#parts.debugger.request("set-expression", {
      expression,
      value,
      ...(frame !== undefined && { frame }),
    });
    if (!assigned.ok) return fail(assigned.error.message);
    const { value: shown, ...rest } = this.#value(assigned.value);
    return ok({ ...rest, result: shown });
  }

  async complete(frame: number | undefined, text: string): Promise<readonly Completion[]> {
    const completed = await this.#parts.debugger.request("complete", {
      text,
      ...(frame !== undefined && { frame }),
    });
    return completed.ok ? completed.value.items : [];
  }

  async exception(): Promise<ExceptionInformation | undefined> {
    const failure = this.#stop?.failure;
    if (!failure) return undefined;
    const { code, filter, message, caught, traceback } = failure;
    return {
      exceptionId: code ?? filter,
      description: message,
      breakMode: caught ? "always" : "unhandled",
      details: { message, typeName: filter, ...(traceback !== undefined && { stackTrace: traceback }) },
    };
  }

  /** The lowest frame begins with the run; every other one behind the checkpoint that was made last. */
  restartPosition(frame: number): number | undefined {
    return frame === this.#lowest ? 0 : this.#parts.record.lastCheckpoint;
  }

  /** The call that the run stopped before: what it will be made with can be changed. */
  #pendingArguments(): readonly DebugProtocol.Scope[] {
    const tool = this.#stop?.tool;
    if (!tool || !isJsonObject(tool.arguments)) return [];
    const container = new PendingArguments(tool.arguments, this.#parts);
    return [
      {
        name: `Arguments of ${tool.tool}`,
        presentationHint: "arguments",
        variablesReference: this.#parts.references.add(container),
        expensive: false,
      },
    ];
  }

  #frame({ id, name, file, line, kind }: StackFrame): DebugProtocol.StackFrame {
    const source = file === undefined ? undefined : this.#parts.sources.source(file);
    return {
      id,
      name,
      line: source ? (line ?? 0) : 0,
      column: source ? 1 : 0,
      canRestart: true,
      ...(source && { source }),
      // Clients show frames of libraries greyed, and skip them where they look for code.
      ...(kind !== "procedure" && { presentationHint: "subtle" as const }),
    };
  }

  #scope({ kind, reference, named, expensive }: Scope): DebugProtocol.Scope {
    const container = new LiveContainer(reference, this.#parts, kind === "state");
    return {
      name: scopeNames[kind],
      ...(kind === "locals" && { presentationHint: "locals" }),
      variablesReference: this.#parts.references.add(container),
      namedVariables: named,
      expensive,
    };
  }

  #value(value: DebugValue): Omit<DebugProtocol.Variable, "name"> {
    return shownValue(value, this.#parts, {});
  }
}

const purposes: Readonly<Record<string, DebugParams<"evaluate">["purpose"]>> = {
  hover: "hover",
  repl: "repl",
  clipboard: "clipboard",
};

/** A table of the sandbox, behind its number. */
class LiveContainer implements Container {
  readonly #reference: number;
  readonly #parts: LiveParts;
  /** Whether its children are keys of the state, on which a run can stop. */
  readonly isState: boolean;

  constructor(reference: number, parts: LiveParts, isState = false) {
    this.#reference = reference;
    this.#parts = parts;
    this.isState = isState;
  }

  async children({ filter, start, count, hex }: Page): Promise<readonly DebugProtocol.Variable[]> {
    const { variables } = given(
      await this.#parts.debugger.request("variables", {
        reference: this.#reference,
        start: start ?? 0,
        count: Math.min(count || pageEntries, pageEntries),
        ...(filter && { filter }),
      }),
    );
    return variables.map((variable) => this.#variable(variable, { hex }));
  }

  async set(name: string, value: string): Promise<Result<DebugProtocol.Variable, string>> {
    if (this.#parts.readOnly)
      return fail("What was recorded can't be changed: restart from here, then change it.");
    const set = await this.#parts.debugger.request("set-variable", {
      reference: this.#reference,
      name,
      value,
    });
    return set.ok ? ok({ name, ...shownValue(set.value, this.#parts, {}) }) : fail(set.error.message);
  }

  #variable({ name, evaluateName, readOnly, ...value }: Variable, format: Format): DebugProtocol.Variable {
    return {
      name,
      ...shownValue(value, this.#parts, format),
      ...(evaluateName !== undefined && { evaluateName }),
      ...(readOnly && { presentationHint: { attributes: ["readOnly"] } }),
    };
  }
}

interface Format {
  readonly hex?: boolean | undefined;
}

function shownValue(
  { value, type, reference, named, indexed }: DebugValue,
  parts: LiveParts,
  { hex }: Format,
): Omit<DebugProtocol.Variable, "name"> {
  return {
    value: hex ? inHex(value) : value,
    type,
    variablesReference: reference === 0 ? 0 : parts.references.add(new LiveContainer(reference, parts)),
    ...(named !== undefined && { namedVariables: named }),
    ...(indexed !== undefined && { indexedVariables: indexed }),
  };
}

/** Whole numbers as Lua would read them back. */
function inHex(value: string): string {
  if (!/^-?\d+$/.test(value)) return value;
  const number = BigInt(value);
  return number < 0n ? `-0x${(-number).toString(16)}` : `0x${number.toString(16)}`;
}

/** Arguments of a call that waits to be made. */
class PendingArguments implements Container {
  #values: JsonObject;
  readonly #parts: LiveParts;

  constructor(values: JsonObject, parts: LiveParts) {
    this.#values = values;
    this.#parts = parts;
  }

  async children(): Promise<readonly DebugProtocol.Variable[]> {
    return Object.entries(this.#values).map(([name, value]) => this.#variable(name, value));
  }

  async set(name: string, text: string): Promise<Result<DebugProtocol.Variable, string>> {
    const value = jsonOrText(text);
    const changed = { ...this.#values, [name]: value };
    // The library's type of JSON differs from ours only in that its arrays may be written to.
    const params = { arguments: changed } as DebugParams<"set-arguments">;
    const set = await this.#parts.debugger.request("set-arguments", params);
    if (!set.ok) return fail(set.error.message);
    this.#values = changed;
    return ok(this.#variable(name, value));
  }

  #variable(name: string, value: Json): DebugProtocol.Variable {
    const { presentationHint: _readOnly, ...variable } = jsonVariable(name, value, this.#parts.references);
    return variable;
  }
}

/** The answer, or the refusal as what the person sees. */
export function given<Value>(result: Result<Value, DebugRefusal>): Value {
  if (result.ok) return result.value;
  throw new AdapterProblem(result.error.code, result.error.message);
}
