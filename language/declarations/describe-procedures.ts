import type { Json } from "#common/json.ts";
import { parseJsonSafely } from "#common/json.ts";
import { recordingGlobals } from "#language/declarations/recording-globals.ts";
import { type HostCall, type LuaEngine, LuaError, type LuaTable, type LuaValue } from "#lua/engine.ts";

/** What the top level of a `.tac` file declares, as far as it could be evaluated. */
export interface DeclarationSummary {
  readonly procedures: readonly ProcedureSummary[];
  readonly agents: readonly NamedDeclaration[];
  readonly tools: readonly NamedDeclaration[];
  /** Why the evaluation ended early; what was declared before it is still there. */
  readonly problem?: { readonly message: string; readonly line?: number };
}

/** Something that is declared under a name, and its line (from 1). */
interface NamedDeclaration {
  readonly name: string;
  readonly line: number;
}

export interface ProcedureSummary extends NamedDeclaration {
  readonly input: readonly InputField[];
}

/** One input of a procedure, for a form. */
export interface InputField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly description?: string;
}

/**
 * Evaluates the top level of a file with every declaration replaced by a recorder: nothing runs but the file's own
 * Lua, within the engine's instruction budget, without any access. The engine must be fresh; the caller closes it.
 * Errors are values. A file in script mode counts as one procedure `main` with the inputs of its top level.
 */
export function describeProcedures(source: string, file: string, engine: LuaEngine): DeclarationSummary {
  const recorder = new Recorder(engine);
  try {
    recorder.install();
    engine.load(source, file).call();
    return recorder.summary();
  } catch (error) {
    if (!(error instanceof LuaError)) throw error;
    const line = error.position?.line;
    return {
      ...recorder.summary(),
      problem: { message: error.message, ...(line !== undefined && { line }) },
    };
  }
}

/** A declaration before the variable that it is assigned to is known. */
interface Noted {
  readonly kind: string;
  readonly line: number;
  readonly handle: LuaTable | undefined;
  readonly name: string | undefined;
  readonly input: readonly InputField[];
}

class Recorder {
  readonly #engine: LuaEngine;
  readonly #noted: Noted[] = [];

  constructor(engine: LuaEngine) {
    this.#engine = engine;
  }

  install(): void {
    const note = this.#engine.createFunction("note", (call) => this.#note(call));
    this.#engine.load(recordingGlobals, "=declarations").call(note);
  }

  summary(): DeclarationSummary {
    const procedures = this.#named("Procedure").map(({ name, line, input }) => ({
      name: name ?? "main",
      line,
      input,
    }));
    return {
      procedures: procedures.length > 0 ? procedures : this.#scriptProcedure(),
      agents: this.#withVariables("Agent"),
      tools: this.#withVariables("Tool"),
    };
  }

  #note(call: HostCall): LuaValue {
    const handle = call.argument(4);
    const name = call.argument(2);
    const config = call.argument(3);
    const explicit = typeof name === "string" ? name : textOf(config, "name");
    this.#noted.push({
      kind: String(call.argument(1)),
      line: call.position()?.line ?? 1,
      handle: isTable(handle) ? handle.retain() : undefined,
      name: explicit,
      input: this.#fieldsOf(
        call.argument(1) === "input" ? config : isTable(config) ? config.get("input") : undefined,
      ),
    });
    return handle;
  }

  #named(kind: string): Noted[] {
    return this.#noted.filter((noted) => noted.kind === kind);
  }

  /** A plain `main` function, or a script: its inputs stand at the top level. */
  #scriptProcedure(): ProcedureSummary[] {
    const main = this.#engine.globals.get("main");
    if (isFunction(main)) return [{ name: "main", line: main.definition()?.line ?? 1, input: [] }];
    const inputs = this.#named("input");
    return [{ name: "main", line: inputs[0]?.line ?? 1, input: inputs.flatMap(({ input }) => input) }];
  }

  /** Declarations under their own name, else under the global variable that holds them; others have no name. */
  #withVariables(kind: string): NamedDeclaration[] {
    const globals = this.#engine.globals.entries();
    return this.#named(kind).flatMap(({ name, line, handle }) => {
      const variable = globals.find(([, value]) => handle?.is(value))?.[0];
      const known = name ?? (typeof variable === "string" ? variable : undefined);
      return known === undefined ? [] : [{ name: known, line }];
    });
  }

  #fieldsOf(schema: LuaValue): InputField[] {
    if (!isTable(schema)) return [];
    return schema.entries().flatMap(([name, field]) => {
      if (typeof name !== "string" || !isTable(field)) return [];
      const preset = this.#jsonOf(field.get("default"));
      const values = this.#jsonOf(field.get("enum"));
      const description = textOf(field, "description");
      return [
        {
          name,
          type: textOf(field, "type") ?? "string",
          required: field.get("required") === true,
          ...(preset !== undefined && { default: preset }),
          ...(Array.isArray(values) && { enum: values }),
          ...(description !== undefined && { description }),
        },
      ];
    });
  }

  #jsonOf(value: LuaValue): Json | undefined {
    if (value === undefined) return undefined;
    const encoding = {
      emptyTable: "array",
      unsupported: "omit",
      maximumDepth: 16,
      maximumBytes: 64 * 1024,
    } as const;
    try {
      return parseJsonSafely(this.#engine.encodeJson(value, encoding));
    } catch (error) {
      // A default that JSON can't carry (a function, a cycle) can't be shown in a form either.
      if (error instanceof LuaError) return undefined;
      throw error;
    }
  }
}

function isTable(value: LuaValue): value is LuaTable {
  return typeof value === "object" && value.kind === "table";
}

function isFunction(value: LuaValue): value is Extract<LuaValue, { kind: "function" }> {
  return typeof value === "object" && value.kind === "function";
}

function textOf(value: LuaValue, key: string): string | undefined {
  const found = isTable(value) ? value.get(key) : undefined;
  return typeof found === "string" ? found : undefined;
}
