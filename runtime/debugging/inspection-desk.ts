import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { EvaluationResult, FrameAt } from "#lua/inspection.ts";
import type { DebugAnswer, DebugParams } from "#protocol/debugging/commands.ts";
import type { DebugValue } from "#protocol/debugging/inspection.ts";
import { clipboardCharacters, nameCharacters, pageEntries } from "#protocol/debugging/limits.ts";
import { isTable } from "../vm/arguments.ts";
import { DebugRefusal } from "./debug-refusal.ts";
import type { DebuggedProgram } from "./debugged-program.ts";
import { StackView } from "./stack-view.ts";
import type { ThreadNumbers } from "./thread-numbers.ts";
import { releaseValue, shortened } from "./value-preview.ts";
import { VariableView } from "./variable-view.ts";

/** Where an expression is worked out. */
export interface Place {
  readonly program: DebuggedProgram;
  readonly frame: FrameAt | undefined;
}

/** How deep names are looked for behind `__index`. */
const indexedDepth = 5;
const memberText = /([A-Za-z_][\w.[\]"']*)[.:](\w*)$/;
const nameText = /(\w*)$/;

/** Answers what is asked of a run that stands still. */
export class InspectionDesk {
  readonly #programs: readonly DebuggedProgram[];
  readonly #threads: ThreadNumbers;
  readonly #evaluating: (work: () => EvaluationResult) => EvaluationResult;
  readonly #stacks = new StackView();
  readonly #variables = new VariableView();

  /** `programs`: those that are open, changing; `evaluating` stands around everything that runs code. */
  constructor(
    programs: readonly DebuggedProgram[],
    threads: ThreadNumbers,
    evaluating: (work: () => EvaluationResult) => EvaluationResult,
  ) {
    this.#programs = programs;
    this.#threads = threads;
    this.#evaluating = evaluating;
  }

  /** Numbers that were given mean nothing any more. */
  clear(): void {
    this.#stacks.clear();
    this.#variables.holders.clear();
  }

  threads(): DebugAnswer<"threads"> {
    return { threads: this.#threads.list(this.#programs).slice(0, pageEntries) };
  }

  stack({ thread, start, count }: DebugParams<"stack">): DebugAnswer<"stack"> {
    return this.#stacks.show(this.#threads.find(thread, this.#programs), start, count);
  }

  scopes({ frame }: DebugParams<"scopes">): DebugAnswer<"scopes"> {
    return { scopes: this.#variables.scopes(this.#stacks.find(frame)) };
  }

  variables({ reference, ...page }: DebugParams<"variables">): DebugAnswer<"variables"> {
    return { variables: this.#variables.variables(reference, page) };
  }

  setVariable({ reference, name, value }: DebugParams<"set-variable">): DebugValue {
    const { program, frame } = this.#variables.holders.find(reference);
    const variable = this.#variables.variables(reference, {}).find((candidate) => candidate.name === name);
    if (!variable?.evaluateName) throw new DebugRefusal("value-invalid", `'${name}' can't be set.`);
    return this.#assign({ program, frame }, variable.evaluateName, value);
  }

  setExpression({ expression, frame, value }: DebugParams<"set-expression">): DebugValue {
    return this.#assign(this.#placeOf(frame), expression, value);
  }

  evaluate({ expression, frame, purpose }: DebugParams<"evaluate">): DebugValue {
    const place = this.#placeOf(frame);
    const mode = purpose === "repl" ? "free" : "pure";
    const result = this.#evaluating(() =>
      place.program.inspector.evaluate({ text: expression, mode, frame: place.frame }),
    );
    if (!result.ok) throw refusalOf(result);
    if (purpose === "clipboard") return this.#whole(place, result.value.value, result.value.text);
    return this.#variables.value(result.value, place, expression);
  }

  complete({ text, frame }: DebugParams<"complete">): DebugAnswer<"complete"> {
    const place = this.#placeOf(frame);
    const member = memberText.exec(text);
    const beginning = (member ? member[2] : nameText.exec(text)?.[1]) ?? "";
    const names = member ? this.#memberNames(place, member[1] ?? "") : this.#names(place);
    const items = [...names]
      .filter(([name]) => name.startsWith(beginning))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([label, type]) => ({ label, type }));
    return { items: items.slice(0, pageEntries) };
  }

  /** Whether a condition holds; a text when it can't be told. */
  holds(condition: string, place: Place): boolean | string {
    const result = this.#evaluating(() =>
      place.program.inspector.evaluate({ text: condition, mode: "free", frame: place.frame }),
    );
    if (!result.ok) return `The condition '${condition}' can't be evaluated: ${result.message}`;
    releaseValue(result.value.value);
    return !(result.value.kind === "nil" || result.value.text === "false");
  }

  /** A text with its expressions in braces replaced by their values. */
  interpolated(text: string, place: Place): string {
    return text.replace(/\{([^{}]+)\}/g, (_whole, expression: string) => {
      const result = this.#evaluating(() =>
        place.program.inspector.evaluate({ text: expression, mode: "free", frame: place.frame }),
      );
      if (!result.ok) return `{${result.message}}`;
      const { kind, text: plain, value } = result.value;
      const shown = kind === "string" ? plain : place.program.previews.of(result.value).text;
      releaseValue(value);
      return shown;
    });
  }

  #placeOf(frame: number | undefined): Place {
    if (frame !== undefined) {
      const { program, at, isNative } = this.#stacks.find(frame);
      return { program, frame: isNative ? undefined : at };
    }
    const program = this.#programs.at(-1);
    if (!program) throw new DebugRefusal("not-stopped", "Nothing of the run has begun.");
    return { program, frame: undefined };
  }

  #assign(place: Place, target: string, value: string): DebugValue {
    const { inspector } = place.program;
    const text = `${target} = (${value}\n)`;
    const done = this.#evaluating(() => inspector.evaluate({ text, mode: "free", frame: place.frame }));
    if (!done.ok) throw new DebugRefusal("value-invalid", done.message);
    const now = this.#evaluating(() =>
      inspector.evaluate({ text: target, mode: "free", frame: place.frame }),
    );
    if (!now.ok) throw refusalOf(now);
    return this.#variables.value(now.value, place, target);
  }

  /** As JSON, where it can be. */
  #whole({ program }: Place, value: LuaValue, text: string): DebugValue {
    const { vm } = program.context;
    try {
      const json = isTable(value)
        ? JSON.stringify(vm.encode(value, "The value", { unsupported: "omit" }).json, undefined, 2)
        : text;
      return { value: shortened(json, clipboardCharacters), type: "text", reference: 0 };
    } catch {
      // A cycle, or larger than a message: its preview is all there is.
      throw new DebugRefusal("value-invalid", "The value can't be written as JSON.");
    } finally {
      releaseValue(value);
    }
  }

  #names({ program, frame }: Place): ReadonlyMap<string, string> {
    const { inspector, context } = program;
    const names = new Map<string, string>();
    const add = (table: LuaTable): void => addKeys(names, table, program);
    add(context.vm.engine.globals);
    for (const values of frame ? [inspector.upvalues(frame), inspector.locals(frame)] : []) {
      for (const { name, kind, value } of values) {
        names.set(name, kind);
        releaseValue(value);
      }
    }
    return names;
  }

  #memberNames(place: Place, owner: string): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    const result = this.#evaluating(() =>
      place.program.inspector.evaluate({ text: owner, mode: "pure", frame: place.frame }),
    );
    if (!result.ok) return names;
    let { value } = result.value;
    for (let depth = 0; depth < indexedDepth && isTable(value); depth++) {
      addKeys(names, value, place.program);
      value = value.getMetatable()?.get("__index");
    }
    releaseValue(result.value.value);
    return names;
  }
}

function addKeys(names: Map<string, string>, table: LuaTable, { inspector }: DebuggedProgram): void {
  for (const key of inspector.namedKeys(table, pageEntries)) {
    if (typeof key !== "string" || key.length > nameCharacters || names.has(key)) continue;
    const { kind, value } = inspector.inspect(table, key);
    releaseValue(value);
    names.set(key, kind);
  }
}

function refusalOf(result: Extract<EvaluationResult, { ok: false }>): DebugRefusal {
  const code = result.reason === "failed" ? "evaluation-failed" : "has-side-effects";
  return new DebugRefusal(code, result.message);
}
