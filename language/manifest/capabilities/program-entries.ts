import type { SourceLine } from "#common/text-position.ts";
import { workspacePath } from "#common/workspace-path.ts";
import type { GlobalUses } from "#language/manifest/sources/global-uses.ts";
import type { Placed } from "#language/manifest/sources/placed.ts";
import { type Program, usesOfGlobal } from "#language/manifest/sources/program.ts";
import { folderOf } from "#language/manifest/sources/source-lookup.ts";
import { usesOf, type ValueUse } from "#language/manifest/sources/value-uses.ts";
import type { FunctionEntry, MemberEntry } from "#vocabulary/entries.ts";
import { standardModules } from "#vocabulary/modules.ts";
import { primitives } from "#vocabulary/primitives.ts";
import { Agents } from "./agents.ts";
import { DeclaredTools } from "./declared-tools.ts";
import type { EntryList } from "./entry-list.ts";
import { addFunctionReaches } from "./function-reaches.ts";
import { ModelTargets } from "./model-targets.ts";
import { addCorpus, Models, modelMakers } from "./models.ts";
import { OwnTests } from "./own-tests.ts";
import type { Reading } from "./reading.ts";
import { anyOutside, anyTool, sourceTargets, toolWords } from "./tool-targets.ts";

/** Adds what the files of a program may touch, as far as their text tells. */
export function addProgramEntries(reading: Reading): void {
  new ProgramReader(reading).add();
}

class ProgramReader {
  readonly #reading: Reading;
  readonly #models: ModelTargets;
  readonly #tools: DeclaredTools;
  readonly #agents: Agents;
  readonly #modelMakers: Models;
  readonly #tests: OwnTests;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#models = new ModelTargets(reading);
    this.#tools = new DeclaredTools(reading);
    this.#agents = new Agents(reading, this.#models, this.#tools);
    this.#modelMakers = new Models(reading, this.#models);
    this.#tests = new OwnTests(reading, this.#models);
  }

  add(): void {
    for (const { reason, place } of this.#reading.program.unseen)
      addEverything(this.#reading.list, place, reason);
    this.#includedFiles();
    this.#declaredTools();
    for (const word of ["Agent", "DSPyAgent"] as const)
      for (const use of this.#uses(word)) this.#agents.add(word, use);
    for (const word of modelMakers) for (const use of this.#ownUses(word)) this.#modelMakers.add(word, use);
    for (const use of this.#ownUses("Corpus")) addCorpus(use, this.#reading);
    for (const word of ["Specification", "Specifications"])
      for (const use of this.#ownUses(word)) this.#tests.specification(use);
    for (const word of ["Evaluation", "Evaluations"])
      for (const use of this.#ownUses(word)) this.#tests.evaluation(use);
    for (const { name, functions } of primitives)
      for (const use of this.#uses(name)) this.#functions(use, name, functions);
    for (const use of this.#uses("mcp")) this.#servers(use);
    for (const { name, call } of this.#reading.program.libraries) this.#library(name, call);
  }

  get #globals(): GlobalUses {
    return this.#reading.globals;
  }

  #uses(name: string): readonly ValueUse[] {
    return usesOfGlobal(name, this.#globals);
  }

  /** Uses of the word itself: of a member nothing is known, and none of these has one. */
  #ownUses(name: string): readonly ValueUse[] {
    return this.#uses(name).filter(({ path }) => path.length === 0);
  }

  #includedFiles(): void {
    for (const { place, path } of this.#reading.program.included) {
      const target = workspacePath(folderOf(place.source.name), path);
      if (target !== undefined)
        this.#reading.list.add(
          { capability: "file.read", target, detail: `takes in the tasks of ${target}` },
          place,
        );
    }
  }

  #declaredTools(): void {
    for (const { place, targets } of this.#tools.all)
      for (const tool of targets)
        this.#reading.list.add({ ...tool, detail: `has ${toolWords(tool)}` }, place);
    for (const word of ["Tool", "Toolset"])
      for (const use of this.#uses(word))
        if (use.kind === "escape" && reachesTools(use.path)) this.#anyTool(use);
  }

  #anyTool(use: ValueUse): void {
    for (const tool of anyTool)
      this.#reading.list.add({ ...tool, detail: `may have ${toolWords(tool)}` }, use.place);
  }

  #functions(use: ValueUse, owner: string, functions: readonly FunctionEntry[]): void {
    addFunctionReaches(use, { owner, functions }, { reading: this.#reading, models: this.#models });
  }

  /** `mcp.server.tool`; the table itself stands for every server. */
  #servers({ path, place }: ValueUse): void {
    const source = path.length === 0 ? undefined : `mcp.${path.slice(0, 2).join(".")}`;
    const tools =
      source === undefined
        ? anyOutside.filter(({ capability }) => capability === "tool.mcp")
        : sourceTargets(source, this.#reading.servers);
    for (const tool of tools)
      this.#reading.list.add({ ...tool, name: path[1], detail: `has ${toolWords(tool)}` }, place);
  }

  /** What a module of the standard library is used for. */
  #library(name: string, call: Program["libraries"][number]["call"]): void {
    const module = standardModules.find((known) => known.name === name);
    const functions = (module?.exports ?? []).flatMap((member) => (member.function ? [member.function] : []));
    const uses: readonly ValueUse[] =
      call.form === "plain"
        ? usesOf(call.place, this.#globals)
        : [{ kind: "escape", path: [], place: call.place }];
    for (const use of uses) {
      this.#functions(use, name, functions);
      for (const word of makersMeant(use, module?.exports ?? [])) this.#maker(word, use);
    }
  }

  #maker(word: string, use: ValueUse): void {
    if (modelMakers.has(word)) this.#modelMakers.add(word, use);
    else if (word === "Corpus") addCorpus(use, this.#reading);
  }
}

/** Makers of a module that a use may stand for: the one that it names, or all of them. */
function makersMeant({ kind, path }: ValueUse, exported: readonly MemberEntry[]): readonly string[] {
  if (path.includes("wrap_corpus")) return ["Corpus"];
  if (path.length > 0) return path;
  if (kind === "call") return [];
  return exported.flatMap(({ name, handle }) => (handle === "retrieverModule" ? [name, "Corpus"] : [name]));
}

/** Whether a member of `Tool` or `Toolset`, or the word itself, gives tools. */
function reachesTools([member]: readonly string[]): boolean {
  return member === undefined || ["get", "define", "combine", "filter"].includes(member);
}

/** Code that is not known may do whatever a procedure may. `reason` follows "since ". */
export function addEverything(list: EntryList, place: Placed | SourceLine, reason: string): void {
  const words = [
    ["model", "asks any model"],
    ["human", "asks a person anything"],
    ["file.read", "reads any file of the workspace"],
    ["file.write", "writes any file of the workspace"],
    ["network", "searches the whole web through the provider of a model"],
  ] as const;
  for (const [capability, what] of words)
    list.add(
      { capability, target: undefined, detail: `may do more than is written: ${what}, since ${reason}` },
      place,
    );
  for (const tool of anyTool)
    list.add(
      { ...tool, detail: `may do more than is written: it has ${toolWords(tool)}, since ${reason}` },
      place,
    );
}
