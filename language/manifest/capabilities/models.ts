import { workspacePath } from "#common/workspace-path.ts";
import { type KnownText, textOf, WrittenTable } from "#language/manifest/sources/constant-values.ts";
import { beside, type Placed } from "#language/manifest/sources/placed.ts";
import { folderOf } from "#language/manifest/sources/source-lookup.ts";
import type { CallOfValue, ValueUse } from "#language/manifest/sources/value-uses.ts";
import { assignedName } from "./declared-tools.ts";
import type { ModelTargets } from "./model-targets.ts";
import type { Reading } from "./reading.ts";

const absent: KnownText = { kind: "absent" };
const dynamic: KnownText = { kind: "dynamic" };

/** Where trained models lie when nothing else is said. */
const registryFolder = ".tactus/models";

/** A model that is asked when a declaration names none; `file`: the default of the file. */
const presets: Readonly<Record<string, string | "file">> = {
  Classify: "openai/gpt-4o-mini",
  LLMClassifier: "openai/gpt-4o-mini",
  ClassifyProcedure: "file",
  LLMExtractor: "file",
  LLMGenerator: "file",
  LLMModel: "file",
  Module: "file",
};

/** Words that make something which asks a model, or reads one that was trained. */
export const modelMakers: ReadonlySet<string> = new Set([
  ...Object.keys(presets),
  "Model",
  "NaiveBayesModel",
  "NaiveBayesClassifier",
  "LM",
]);

/** What declarations of models, and of what asks one, reach. */
export class Models {
  readonly #reading: Reading;
  readonly #targets: ModelTargets;

  constructor(reading: Reading, targets: ModelTargets) {
    this.#reading = reading;
    this.#targets = targets;
  }

  add(word: string, use: ValueUse): void {
    const config =
      use.kind === "call" ? use.arguments.find(({ kind }) => kind === "TableExpression") : undefined;
    const table =
      config?.kind === "TableExpression"
        ? new WrittenTable(beside(use.place, config), this.#reading.globals)
        : undefined;
    if (word === "LM") this.#languageModel(use, table);
    else if (word === "Model") this.#model(use, table);
    else if (word === "NaiveBayesModel" || word === "NaiveBayesClassifier")
      this.#registered(table?.text("name") ?? dynamic, absent, use.place);
    else this.#asking(word, use, table);
  }

  /** A classifier, an extractor, a generator, a prompt module. */
  #asking(word: string, use: ValueUse, table: WrittenTable | undefined): void {
    const method = word === "Classify" ? table?.text("method") : absent;
    if (method?.kind === "text" && method.text === "fuzzy") return;
    if (method?.kind === "text" && method.text === "naive_bayes") {
      this.#registered(table?.text("name") ?? dynamic, absent, use.place);
      return;
    }
    // It asks what `LM` sets, where that is set.
    const model = table?.text("model") ?? dynamic;
    if (word === "Module" && model.kind === "absent" && this.#setsLanguageModel()) return;
    const preset = presets[word];
    this.#ask({ model, provider: table?.text("provider") ?? dynamic }, use.place, {
      preset: preset === "file" ? undefined : preset,
    });
    if (method === undefined || method.kind === "dynamic") this.#registered(dynamic, absent, use.place);
  }

  #setsLanguageModel(): boolean {
    return this.#reading.globals.reads("LM").length > 0;
  }

  #ask(
    stated: { readonly provider: KnownText; readonly model: KnownText },
    place: Placed,
    { preset, agent }: { readonly preset?: string | undefined; readonly agent?: string | undefined } = {},
  ): void {
    for (const target of this.#targets.of(stated, place, { own: preset })) {
      const detail = `asks the model ${target ?? "that only a run can know"}`;
      this.#reading.list.add({ capability: "model", target, agent, detail }, place);
    }
  }

  #languageModel(use: ValueUse, table: WrittenTable | undefined): void {
    const first = use.kind === "call" ? use.arguments[0] : undefined;
    const model =
      first && use.kind === "call" ? textOf(beside(use.place, first), this.#reading.globals) : dynamic;
    const isWhole = use.kind === "call" && (table !== undefined || use.arguments.length === 1);
    const provider = isWhole ? (table?.text("provider") ?? absent) : dynamic;
    this.#ask({ provider, model }, use.place);
  }

  /** `Model "name" {…}`; with a name alone it finds one that is declared. */
  #model(use: ValueUse, table: WrittenTable | undefined): void {
    if (use.kind === "call" && table) {
      this.#backend(table, use.place, this.#nameOf(use));
      return;
    }
    const isName = use.kind === "call" && use.arguments.length === 1 && use.form === "plain";
    if (!isName || !this.#isDeclared(use)) this.#unknown(use.place);
  }

  #isDeclared(use: CallOfValue): boolean {
    const [first] = use.arguments;
    const text = first && textOf(beside(use.place, first), this.#reading.globals);
    return text?.kind === "text";
  }

  #nameOf(use: CallOfValue): KnownText {
    const [first] = use.arguments;
    if (first && first.kind !== "TableExpression")
      return textOf(beside(use.place, first), this.#reading.globals);
    const name = assignedName(use.place);
    return name === undefined ? dynamic : { kind: "text", text: name };
  }

  #unknown(place: Placed): void {
    const { list } = this.#reading;
    this.#ask({ provider: dynamic, model: dynamic }, place);
    this.#registered(dynamic, dynamic, place);
    list.add(
      {
        capability: "tool.host",
        target: undefined,
        detail: "asks models behind host tools that only a run can know",
      },
      place,
    );
  }

  /** Where the answers come from; a model may be made of others. */
  #backend(table: WrittenTable, place: Placed, name: KnownText): void {
    const type = table.text("type");
    if (type.kind !== "text") {
      this.#unknown(place);
      return;
    }
    switch (type.text) {
      case "llm":
        this.#ask({ provider: table.text("provider"), model: table.text("model") }, place, {
          agent: name.kind === "text" ? name.text : undefined,
        });
        break;
      case "http":
        this.#endpoint(name, place);
        break;
      case "registry":
        this.#registered(table.text("name"), table.text("registry_dir"), place);
        this.#inner([table.table("fallback")], place, name);
        break;
      case "ensemble":
        this.#innerList(table.table("members"), place, name);
        break;
      case "ab_test":
      case "traffic_split":
        this.#innerList(table.table("arms"), place, name);
        break;
      default:
        this.#file(table.text("path"), place);
    }
  }

  #innerList(list: WrittenTable | "absent" | "dynamic", place: Placed, name: KnownText): void {
    const items = typeof list === "string" ? undefined : list.items();
    const tables = items?.map(
      (item) => (typeof list === "string" ? undefined : list.inside(item)) ?? "dynamic",
    );
    this.#inner(tables ?? [list === "absent" ? "absent" : "dynamic"], place, name);
  }

  #inner(tables: ReadonlyArray<WrittenTable | "absent" | "dynamic">, place: Placed, name: KnownText): void {
    for (const table of tables) {
      if (table === "dynamic") this.#unknown(place);
      else if (table !== "absent") this.#backend(table, table.place, name);
    }
  }

  /** The host tool of the model's name is the address behind it. */
  #endpoint(name: KnownText, place: Placed): void {
    const target = name.kind === "text" ? name.text : undefined;
    const detail =
      target === undefined
        ? "calls a host tool that only a run can know"
        : `calls the host tool ${target}, which is the model's address`;
    this.#reading.list.add({ capability: "tool.host", target, detail }, place);
  }

  /** The file of an exported model; kinds without one read none. */
  #file(path: KnownText, place: Placed): void {
    if (path.kind === "absent") return;
    const target = path.kind === "text" ? workspacePath("", path.text) : undefined;
    const detail = `reads the trained model ${target ?? "whose place only a run can know"}`;
    this.#reading.list.add({ capability: "file.read", target, detail }, place);
  }

  /** `<folder>/<name>` with its versions, or `<folder>/<name>.json`. */
  #registered(name: KnownText, folder: KnownText, place: Placed): void {
    const base = folder.kind === "absent" ? registryFolder : folder.kind === "text" ? folder.text : undefined;
    const path =
      name.kind === "text" && base !== undefined ? workspacePath("", `${base}/${name.text}`) : undefined;
    const targets = path === undefined ? [undefined] : [`${path}/**`, `${path}.json`];
    for (const target of targets) {
      const detail = `reads the trained model ${target ?? "whose name only a run can know"}`;
      this.#reading.list.add({ capability: "file.read", target, detail }, place);
    }
  }
}

/** What a corpus reads: every text below its folder, which lies beside the procedure. */
export function addCorpus(use: ValueUse, { globals, list, program }: Reading): void {
  const config =
    use.kind === "call" ? use.arguments.find(({ kind }) => kind === "TableExpression") : undefined;
  const table =
    config?.kind === "TableExpression" ? new WrittenTable(beside(use.place, config), globals) : undefined;
  const own = table?.text("corpus_root");
  const root = own?.kind === "absent" ? table?.text("root") : own;
  if (root?.kind === "absent") return;
  const path = root?.kind === "text" ? workspacePath(folderOf(program.root.name), root.text) : undefined;
  const target = path === undefined ? undefined : path === "" ? "**" : `${path}/**`;
  const detail = `reads the texts below ${path === undefined ? "a folder that only a run can know" : path || "the folder of the workspace"}`;
  list.add({ capability: "file.read", target, detail }, use.place);
}
