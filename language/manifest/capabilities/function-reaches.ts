import { workspacePath } from "#common/workspace-path.ts";
import { type KnownText, textOf, WrittenTable } from "#language/manifest/sources/constant-values.ts";
import { beside, type Placed } from "#language/manifest/sources/placed.ts";
import { folderOf } from "#language/manifest/sources/source-lookup.ts";
import type { CallOfValue, ValueUse } from "#language/manifest/sources/value-uses.ts";
import type { Expression } from "#language/syntax/tree.ts";
import type { FieldEntry, FunctionEntry, Reach } from "#vocabulary/entries.ts";
import type { ModelTargets } from "./model-targets.ts";
import type { Reading } from "./reading.ts";

interface Around {
  readonly reading: Reading;
  readonly models: ModelTargets;
}

/** Adds what the functions of a library reach that a value of it is used for. */
export function addFunctionReaches(
  use: ValueUse,
  library: { readonly owner: string; readonly functions: readonly FunctionEntry[] },
  around: Around,
): void {
  const [member, ...further] = use.path;
  const { owner, functions } = library;
  if (member === undefined && use.kind === "call") return;
  const meant = member === undefined ? functions : functions.filter(({ name }) => name === member);
  const call = use.kind === "call" && use.form !== "method" && further.length === 0 ? use : undefined;
  if (!call && further.length > 0) return;
  for (const entry of meant)
    for (const reach of entry.reaches ?? [])
      new ReachReader(around, { owner, entry, place: use.place, call }).add(reach);
}

/** One call of a function, or the function as a value that may be called with anything. */
interface Reached {
  readonly owner: string;
  readonly entry: FunctionEntry;
  readonly place: Placed;
  readonly call: CallOfValue | undefined;
}

class ReachReader {
  readonly #around: Around;
  readonly #reached: Reached;

  constructor(around: Around, reached: Reached) {
    this.#around = around;
    this.#reached = reached;
  }

  add(reach: Reach): void {
    const { onlyWith } = reach;
    const condition = onlyWith && this.#text(onlyWith.by);
    if (condition?.kind === "absent" || (condition?.kind === "text" && condition.text !== onlyWith?.value))
      return;
    switch (reach.capability) {
      case "file.read":
      case "file.write":
        this.#file(reach, reach.capability);
        break;
      case "tool.host":
        this.#named(
          reach,
          "tool.host",
          (target) => `calls the host tool ${target}`,
          "calls host tools that only a run can know",
        );
        break;
      case "human":
        this.#named(reach, "human", (target) => `asks a person (${target})`, "asks a person");
        break;
      case "model":
        this.#model(reach);
        break;
      case "network":
        this.#network(reach);
        break;
    }
  }

  #named(
    reach: Reach,
    capability: "tool.host" | "human",
    words: (target: string) => string,
    dynamic: string,
  ): void {
    const known = reach.target ?? textIn(reach.by === undefined ? { kind: "dynamic" } : this.#text(reach.by));
    const detail = known === undefined ? dynamic : words(known);
    this.#around.reading.list.add({ capability, target: known, detail }, this.#reached.place);
  }

  #file(reach: Reach, capability: "file.read" | "file.write"): void {
    const given = textIn(reach.by === undefined ? { kind: "dynamic" } : this.#text(reach.by));
    const root = this.#around.reading.program.root.name;
    const folder = reach.isBesideProcedure ? folderOf(root) : "";
    const target = given === undefined ? undefined : pathTarget(folder, given, reach.names);
    // A path that leads out of the workspace is refused before anybody is asked.
    if (given !== undefined && target === undefined) return;
    const verb = capability === "file.read" ? "reads" : "writes";
    const what = target ?? "files that only a run can know";
    this.#around.reading.list.add({ capability, target, detail: `${verb} ${what}` }, this.#reached.place);
  }

  #model(reach: Reach): void {
    const { models, reading } = this.#around;
    const { owner, entry, place } = this.#reached;
    const table = this.#table(reach.by);
    const presets = tableFields(entry, reach.by);
    const agent = agentNames[owner];
    const stated = {
      provider: withPreset(table?.text("provider") ?? { kind: "dynamic" }, presets, "provider"),
      model: table?.text("model") ?? ({ kind: "dynamic" } as const),
    };
    for (const target of models.of(stated, place, { own: presetText(presets, "model") })) {
      const model = target ?? "that only a run can know";
      reading.list.add({ capability: "model", target, agent, detail: `asks the model ${model}` }, place);
    }
  }

  /** Sites that a search is bound to; without such a bound, all of the web. */
  #network(reach: Reach): void {
    const { list } = this.#around.reading;
    const table = this.#table(reach.by);
    const named = (["allowed_domains", "domains"] as const).map((field) => table?.texts(field) ?? "dynamic");
    const sites = named.find((texts) => texts !== "absent") ?? "absent";
    if (typeof sites !== "string" && sites.length > 0) {
      for (const site of sites)
        list.add(
          { capability: "network", target: site, detail: `searches ${site} through the provider of a model` },
          this.#reached.place,
        );
      return;
    }
    const detail = "searches the whole web through the provider of a model";
    list.add({ capability: "network", target: undefined, detail }, this.#reached.place);
  }

  /** The text of a parameter, or of a field of it. */
  #text(by: string): KnownText {
    const [parameter = "", field] = by.split(".");
    if (this.#isLeftOut(parameter)) return { kind: "absent" };
    if (field !== undefined) return this.#table(parameter)?.text(field) ?? { kind: "dynamic" };
    const value = this.#argument(parameter);
    return value ? textOf(value, this.#around.reading.globals) : { kind: "dynamic" };
  }

  #table(by: string | undefined): WrittenTable | undefined {
    const [parameter = "", field] = by?.split(".") ?? [];
    const value = this.#argument(parameter);
    if (value?.node.kind !== "TableExpression") return undefined;
    const table = new WrittenTable({ ...value, node: value.node }, this.#around.reading.globals);
    const inner = field === undefined ? table : table.table(field);
    return typeof inner === "string" ? undefined : inner;
  }

  /** The call gives no such argument, nor anything that could give several. */
  #isLeftOut(parameter: string): boolean {
    const { call, entry } = this.#reached;
    const index = entry.parameters.findIndex(({ name }) => name === parameter);
    const last = call?.arguments.at(-1)?.kind ?? "none";
    return (
      call !== undefined &&
      call.arguments.length <= index &&
      !["CallExpression", "MethodCall", "VarargExpression"].includes(last)
    );
  }

  #argument(parameter: string): Placed<Expression> | undefined {
    const { call, entry } = this.#reached;
    const index = entry.parameters.findIndex(({ name }) => name === parameter);
    const value = call?.arguments[index];
    return value && call && beside(call.place, value);
  }
}

/** Agents that modules of the library bring, as turns name them. */
const agentNames: Readonly<Record<string, string>> = { "tactus.web": "tactus.web" };

function textIn(text: KnownText): string | undefined {
  return text.kind === "text" ? text.text : undefined;
}

/** A path of the workspace, and `/**` for everything below a folder. */
function pathTarget(folder: string, given: string, names: Reach["names"]): string | undefined {
  if (names === undefined) return workspacePath(folder, given);
  const base = names === "folder" ? given : given.slice(0, startOfPattern(given));
  const path = workspacePath(folder, base);
  if (path === undefined) return undefined;
  return path === "" ? "**" : `${path}/**`;
}

/** Where the folder ends that a pattern such as `notes/*.md` begins with. */
function startOfPattern(pattern: string): number {
  const sign = pattern.search(/[*?[\]{}()!+@]/);
  return pattern.lastIndexOf("/", sign === -1 ? pattern.length : sign) + 1;
}

function tableFields(entry: FunctionEntry, by: string | undefined): readonly FieldEntry[] {
  const parameter = entry.parameters.find(({ name }) => name === by?.split(".")[0]);
  const field = by?.split(".")[1];
  const fields = parameter?.fields ?? [];
  return field === undefined ? fields : (fields.find(({ name }) => name === field)?.fields ?? []);
}

function presetText(fields: readonly FieldEntry[], name: string): string | undefined {
  const preset = fields.find((field) => field.name === name)?.default;
  return typeof preset === "string" ? preset : undefined;
}

function withPreset(given: KnownText, fields: readonly FieldEntry[], name: string): KnownText {
  const preset = presetText(fields, name);
  return given.kind === "absent" && preset !== undefined ? { kind: "text", text: preset } : given;
}
