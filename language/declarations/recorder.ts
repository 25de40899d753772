import type {
  EvaluatedDeclaration,
  EvaluatedDeclarations,
  EvaluatedFunction,
  EvaluatedGlobal,
  EvaluatedHandle,
  EvaluatedPlace,
  EvaluatedRequire,
  EvaluatedSetting,
  EvaluatedTable,
  EvaluatedValue,
} from "#language/declarations/evaluated-declarations.ts";
import type { EvaluatedModules } from "#language/declarations/evaluated-modules.ts";
import { contentWords, recordingPrelude } from "#language/declarations/recording-prelude.ts";
import { ValueReader } from "#language/declarations/value-reader.ts";
import type { HostCall, HostFunction, LuaEngine, LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";

/** More declarations than this are a loop that got out of hand. */
const mostDeclarations = 5000;

/** Their field `name` is their name; of the others it is a field like any, such as the one of a registered model. */
const namedByField: ReadonlySet<string> = new Set([
  ...["Tool", "Context", "Corpus", "Retriever", "Compactor", "Classify", "ClassifyProcedure", "DSPyAgent"],
]);

type Changeable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Something that a handle stands for. */
interface Target {
  /** What values show of it; its name comes later. */
  readonly handle: Changeable<EvaluatedHandle>;
  readonly declaration: Changeable<EvaluatedDeclaration> | undefined;
}

/** Notes what a file declares while it is evaluated. */
export class Recorder {
  readonly #engine: LuaEngine;
  readonly #modules: EvaluatedModules;
  readonly #reader: ValueReader;
  readonly #targets: Target[] = [];
  readonly #declarations: Changeable<EvaluatedDeclaration>[] = [];
  readonly #settings: EvaluatedSetting[] = [];
  readonly #globals = new Map<string, EvaluatedGlobal>();
  readonly #requires: EvaluatedRequire[] = [];
  #usesStandIns = false;
  #state: LuaTable | undefined;

  constructor(engine: LuaEngine, modules: EvaluatedModules) {
    this.#engine = engine;
    this.#modules = modules;
    this.#reader = new ValueReader({
      handle: (number) => this.#targets[number - 1]?.handle ?? { kind: "handle", declaration: "" },
      function: (target) => this.#functionValue(target),
    });
  }

  /** Puts the recording globals in place. */
  install(): void {
    const host = this.#engine.createTable();
    for (const [name, implementation] of Object.entries(this.#hostFunctions())) {
      const reference = this.#engine.createFunction(name, implementation);
      host.set(name, reference);
      reference.release();
    }
    const [state] = this.#engine.load(recordingPrelude, "=declarations").call(host);
    this.#state = isTable(state) ? state : undefined;
  }

  /** The file declares more than it may; nothing further is noted. */
  get isFull(): boolean {
    return this.#declarations.length >= mostDeclarations;
  }

  /** Whether the file has computed with values that only a run knows. */
  get usesStandIns(): boolean {
    return this.#usesStandIns;
  }

  result(): Omit<EvaluatedDeclarations, "isScript" | "problem"> {
    this.#nameRest();
    return {
      declarations: this.#declarations,
      settings: this.#settings,
      globals: [...this.#globals.values()],
      stateKeys: this.#stateKeys(),
      requires: this.#requires,
    };
  }

  #hostFunctions(): Readonly<Record<string, HostFunction>> {
    return {
      note: (call) => this.#note(call),
      external: (call) => this.#add({ declaration: text(call, 1), name: text(call, 2) }, undefined),
      find: (call) => this.#find(text(call, 1), text(call, 2)),
      name: (call) => this.#targets[Number(call.argument(1)) - 1]?.handle.name,
      setting: (call) => {
        const value = this.#reader.read(call.argument(2));
        this.#settings.push({ name: text(call, 1), value, ...this.#place(call) });
      },
      global: (call) => this.#noteGlobal(call),
      module: (call) => this.#requireModule(call),
      stand_in: () => {
        this.#usesStandIns = true;
      },
    };
  }

  /** `note(kind, first, second, third)`: a text, a table and a function in any order; a second text is content. */
  #note(call: HostCall): number {
    const kind = text(call, 1);
    const values = [2, 3, 4].map((index) => call.argument(index));
    const texts = values.filter((value) => typeof value === "string");
    const table = values.find(isTable);
    const config = table && this.#reader.readConfig(table);
    const target = values.find(isFunction);
    const body = target ? this.#functionValue(target) : config && bodyOf(config);
    const declaration: Changeable<EvaluatedDeclaration> = {
      kind,
      ...this.#place(call),
      ...named(kind, texts, config),
      ...(config && { config }),
      ...(body && { body }),
    };
    return this.#add({ declaration: kind, name: declaration.name }, declaration);
  }

  #add(
    { declaration: kind, name }: { readonly declaration: string; readonly name: string | undefined },
    declaration: Changeable<EvaluatedDeclaration> | undefined,
  ): number {
    const isNoted = declaration && !this.isFull;
    this.#targets.push({
      handle: {
        kind: "handle",
        declaration: kind,
        ...(name !== undefined && { name }),
        ...(isNoted && { index: this.#declarations.length }),
      },
      declaration,
    });
    if (isNoted) this.#declarations.push(declaration);
    return this.#targets.length;
  }

  #find(kind: string, name: string): number | undefined {
    const index = this.#targets.findLastIndex(
      ({ handle }) => handle.declaration === kind && handle.name === name,
    );
    return index === -1 ? undefined : index + 1;
  }

  #noteGlobal(call: HostCall): void {
    const name = call.argument(1);
    const value = call.argument(2);
    if (typeof name !== "string") return;
    const target = this.#targetOf(value);
    if (target) this.#rename(target, name);
    if (this.#globals.has(name)) return;
    this.#globals.set(name, { name, type: target ? "handle" : typeOf(value), ...this.#place(call) });
  }

  /** Only what has no name yet is named by a variable. */
  #rename({ handle, declaration }: Target, name: string): void {
    if (handle.name !== undefined) return;
    handle.name = name;
    if (!declaration) return;
    declaration.name = name;
    declaration.nameFrom = "variable";
  }

  /** Names what was assigned to a variable that existed before, which nothing notices, and the main procedure. */
  #nameRest(): void {
    for (const [name, value] of this.#engine.globals.entries()) {
      const target = this.#targetOf(value);
      if (target && typeof name === "string") this.#rename(target, name);
    }
    for (const { handle, declaration } of this.#targets) {
      if (declaration?.kind !== "Procedure" || declaration.name !== undefined) continue;
      handle.name = "main";
      declaration.name = "main";
      declaration.nameFrom = "default";
    }
  }

  #targetOf(value: LuaValue): Target | undefined {
    const number = isTable(value) ? value.getMetatable()?.get("__handle") : undefined;
    return typeof number === "number" ? this.#targets[number - 1] : undefined;
  }

  #requireModule(call: HostCall): readonly LuaValue[] {
    const name = text(call, 1);
    const given = text(call, 2);
    const found = this.#modules.find(name, given);
    const uri = found.kind === "file" ? found.uri : undefined;
    const isStandard = found.kind === "standard" || found.kind === "tool";
    this.#requires.push({
      name: given,
      found: uri !== undefined ? "file" : isStandard ? "standard" : "nothing",
      ...(uri !== undefined && { moduleUri: uri }),
      ...this.#place(call),
    });
    if (found.kind === "tool") return [found.kind, found.name];
    if (found.kind !== "file") return [found.kind];
    return [found.kind, this.#engine.load(found.text, found.chunk), found.chunk];
  }

  #stateKeys(): readonly string[] {
    const set = this.#state?.entries().map(([key]) => String(key)) ?? [];
    const declared = this.#declarations.flatMap(({ kind, config }) => {
      const schema = kind === "Procedure" ? config?.fields["state"] : undefined;
      return isTableValue(schema) ? Object.keys(schema.fields) : [];
    });
    return [...new Set([...declared, ...set])];
  }

  #place(call: HostCall): EvaluatedPlace {
    return this.#modules.place((level) => call.position(level));
  }

  #functionValue(target: LuaFunction): EvaluatedFunction {
    const definition = target.definition();
    return { kind: "function", ...(definition && this.#modules.functionAt(definition)) };
  }
}

/** The name that a declaration is given where it stands, and what else its texts say. */
function named(
  kind: string,
  texts: readonly string[],
  config: EvaluatedTable | undefined,
): Pick<EvaluatedDeclaration, "name" | "nameFrom" | "text"> {
  const [first, second] = texts;
  // Of the older form Specification("name", {…}) it is a name.
  const isContent = contentWords.has(kind) && !(config && kind.startsWith("Specification"));
  if (isContent) return first === undefined ? {} : { text: first };
  const content = second === undefined ? {} : { text: second };
  if (first !== undefined) return { name: first, nameFrom: "text", ...content };
  const name = config?.fields["name"];
  return typeof name === "string" && namedByField.has(kind) ? { name, nameFrom: "field" } : {};
}

/** The first function without a name in a config, else one of the older places. */
function bodyOf({ items, fields }: EvaluatedTable): EvaluatedFunction | undefined {
  const later = Array.from({ length: 9 }, (_, index) => fields[String(index + 1)]);
  const older = [fields["handler"], fields["run"], fields["entry"]];
  return [...items, ...later, ...older].find(isFunctionValue);
}

function isFunctionValue(value: EvaluatedValue | undefined): value is EvaluatedFunction {
  return typeof value === "object" && value?.kind === "function";
}

function isTableValue(value: EvaluatedValue | undefined): value is EvaluatedTable {
  return typeof value === "object" && value?.kind === "table";
}

function isTable(value: LuaValue): value is LuaTable {
  return typeof value === "object" && value.kind === "table";
}

function isFunction(value: LuaValue): value is LuaFunction {
  return typeof value === "object" && value.kind === "function";
}

function text(call: HostCall, index: number): string {
  return String(call.argument(index) ?? "");
}

function typeOf(value: LuaValue): EvaluatedGlobal["type"] {
  if (value === undefined) return "nil";
  if (typeof value === "object") return value.kind === "function" ? "function" : "table";
  if (typeof value === "bigint") return "number";
  return typeof value === "boolean" || typeof value === "number"
    ? (typeof value as "boolean" | "number")
    : "string";
}
