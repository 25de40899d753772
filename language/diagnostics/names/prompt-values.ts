import { fieldNames } from "#language/diagnostics/names/field-names.ts";
import { statementNames } from "#language/diagnostics/names/statement-names.ts";
import type { FileContext } from "#language/diagnostics/rule.ts";
import { fileRole } from "#language/diagnostics/workflow/file-role.ts";
import { type AgentTurn, agentTurns } from "#language/semantics/agent-turns.ts";
import { runSchema } from "#language/semantics/main-procedure.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import { fieldNamed, namedFields } from "#language/semantics/table-fields.ts";
import { alternatives, type Type } from "#language/semantics/types.ts";

/** Names that a placeholder can reach. `isOpen`: there may be more that only a run can know. */
export interface ReachableNames {
  readonly names: ReadonlySet<string>;
  readonly isOpen: boolean;
}

interface KnownValues {
  readonly values: PromptValues;
  readonly evaluation: ProcedureFile["evaluation"];
}

/** Each version of a file has types of its own. */
const valuesOf = new WeakMap<FileContext["types"], KnownValues>();

/** What the prompts of this version of a file can reach; several rules ask. */
export function promptValues(context: FileContext): PromptValues {
  const { evaluation } = context.file;
  const known = valuesOf.get(context.types);
  if (known && known.evaluation === evaluation) return known.values;
  const values = new PromptValues(context);
  valuesOf.set(context.types, { values, evaluation });
  return values;
}

/** Finds out what is asked for when it is first asked for. */
export class PromptValues {
  readonly #context: FileContext;
  #turns: ReadonlyMap<string, ReachableNames> | undefined;
  #handedOn: ReadonlySet<string> | undefined;
  #state: ReachableNames | undefined;
  #runInputs: ReachableNames | undefined;
  #isShared: boolean | undefined;

  constructor(context: FileContext) {
    this.#context = context;
  }

  /** `{input.…}` of an agent: what its calls give, and its own schema. */
  inputsOf(agent: string): ReachableNames {
    this.#turns ??= this.#allTurns();
    const given = this.#turns.get(agent);
    const isOpen = !given || given.isOpen || this.#mayBeShared() || this.#isHandedOn(agent);
    return { names: new Set(["message", ...(given?.names ?? []), ...this.#ownInputs(agent)]), isOpen };
  }

  /** `{context.…}`: what the run is given. */
  runInputs(): ReachableNames {
    this.#runInputs ??= this.#findRunInputs();
    return this.#runInputs;
  }

  /** `{state.…}`: what a schema declares, or any code sets. */
  stateKeys(): ReachableNames {
    this.#state ??= this.#findState();
    return this.#state;
  }

  #ownInputs(agent: string): readonly string[] {
    const { types } = this.#context;
    const placed = types.siteOf("Agent", agent);
    if (!placed || !fieldNames(placed.site).has("input")) return [];
    return types.schemaOf(placed.model, placed.site, "input")?.fields.map(({ name }) => name) ?? [];
  }

  /** The keys that all calls of each agent give together. */
  #allTurns(): ReadonlyMap<string, ReachableNames> {
    const { file } = this.#context;
    const all = new Map<string, { names: Set<string>; isOpen: boolean }>();
    for (const turn of agentTurns(file)) {
      const { names, isOpen } = givenBy(turn, file);
      const known = all.get(turn.agent) ?? { names: new Set(), isOpen: false };
      for (const name of names) known.names.add(name);
      known.isOpen ||= isOpen;
      all.set(turn.agent, known);
    }
    return all;
  }

  #isHandedOn(name: string): boolean {
    this.#handedOn ??= this.#allHandedOn();
    return this.#handedOn.has(name);
  }

  #allHandedOn(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const model of this.#context.file.models)
      for (const name of statementNames(model).handedOn) names.add(name);
    return names;
  }

  #findRunInputs(): ReachableNames {
    const type = runSchema(this.#context.types, "input");
    const isOpen = this.#mayBeShared() || type.kind !== "table" || type.isOpen;
    return { names: namesIn(type), isOpen };
  }

  #findState(): ReachableNames {
    const { file } = this.#context;
    const names = new Set([...this.#declaredState(), ...(file.evaluation?.stateKeys ?? [])]);
    let isOpen = this.#mayBeShared();
    for (const model of file.models) {
      const { stateKeys, setsAnyKey } = statementNames(model);
      for (const key of stateKeys) names.add(key);
      isOpen ||= setsAnyKey;
    }
    return { names, isOpen };
  }

  /** Schemas that are written out are read as they stand; types find the others. */
  #declaredState(): readonly string[] {
    const { types } = this.#context;
    const procedures = types
      .sites()
      .filter(({ site }) => site.kind === "Procedure" && fieldNames(site).has("state"));
    const schemas = procedures.map(({ site }) => site.config && fieldNamed(site.config, "state")?.value);
    if (schemas.some((schema) => schema?.kind !== "TableExpression")) return [...namesIn(types.stateType())];
    const written = schemas.flatMap((schema) =>
      schema?.kind === "TableExpression" ? namedFields(schema) : [],
    );
    const isScript = types.scriptSchemas("state").length > 0;
    return isScript ? [...namesIn(types.stateType())] : written.map(({ name }) => name);
  }

  /** Other files may call the agents and set the state: those that the file requires, or that require it. */
  #mayBeShared(): boolean {
    const { file, project } = this.#context;
    this.#isShared ??=
      fileRole(file).kind === "module" ||
      requiredModules(file).some(({ name }) => project.module(file.uri, name).kind !== "standard");
    return this.#isShared;
  }
}

const givenByTurn = new WeakMap<AgentTurn, ReachableNames>();

/** The keys that one call gives; kept with the call, which stays until something that it depends on changes. */
function givenBy(turn: AgentTurn, file: ProcedureFile): ReachableNames {
  const known = givenByTurn.get(turn);
  if (known) return known;
  const { call, model, options } = turn;
  const [given] = call.arguments;
  const isText =
    !given || alternatives(file.types.typeOf(model, given)).every(({ kind }) => kind === "string");
  const found = options
    ? {
        names: new Set(namedFields(options).map(({ name }) => name)),
        isOpen: options.fields.some(
          ({ kind, value }) => kind === "KeyedField" || value.kind === "VarargExpression",
        ),
      }
    : { names: new Set<string>(), isOpen: !isText };
  givenByTurn.set(turn, found);
  return found;
}

function namesIn(type: Type): Set<string> {
  return new Set(type.kind === "table" ? type.members.keys() : []);
}

/** Whether the prompts of a file have placeholders at all. */
export function hasPrompts(file: ProcedureFile): boolean {
  return file.models.some(({ sites }) => sites.some(({ kind }) => kind === "Agent"));
}
