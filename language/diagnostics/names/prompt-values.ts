import { statementNames } from "#language/diagnostics/names/statement-names.ts";
import type { FileContext } from "#language/diagnostics/rule.ts";
import { fileRole } from "#language/diagnostics/workflow/file-role.ts";
import { agentTurns, turnInputs } from "#language/semantics/agent-turns.ts";
import { runSchema } from "#language/semantics/main-procedure.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import { alternatives, type Type } from "#language/semantics/types.ts";

/** Names that a placeholder can reach. `isOpen`: there may be more that only a run can know. */
export interface ReachableNames {
  readonly names: ReadonlySet<string>;
  readonly isOpen: boolean;
}

/** What the prompts of a file can reach, each found out when it is first asked for. */
export class PromptValues {
  readonly #context: FileContext;
  readonly #inputs = new Map<string, ReachableNames>();
  #state: ReachableNames | undefined;
  #isShared: boolean | undefined;

  constructor(context: FileContext) {
    this.#context = context;
  }

  /** `{input.…}` of an agent: what its calls give, and its own schema. */
  inputsOf(agent: string): ReachableNames {
    const known = this.#inputs.get(agent) ?? this.#findInputs(agent);
    this.#inputs.set(agent, known);
    return known;
  }

  /** `{context.…}`: what the run is given. */
  runInputs(): ReachableNames {
    const type = runSchema(this.#context.types, "input");
    const isOpen = this.#mayBeShared() || type.kind !== "table" || type.isOpen;
    return { names: namesIn(type), isOpen };
  }

  /** `{state.…}`: what a schema declares, or any code sets. */
  stateKeys(): ReachableNames {
    this.#state ??= this.#findState();
    return this.#state;
  }

  #findInputs(agent: string): ReachableNames {
    const { file } = this.#context;
    const turns = agentTurns(file).filter((turn) => turn.agent === agent);
    const names = new Set(["message", ...turnInputs(file, agent).keys()]);
    let isOpen =
      this.#mayBeShared() ||
      turns.length === 0 ||
      file.models.some((model) => statementNames(model).handedOn.has(agent));
    for (const { model, call, options } of turns) {
      const [given] = call.arguments;
      if (options)
        isOpen ||= options.fields.some(
          ({ kind, value }) => kind === "KeyedField" || value.kind === "VarargExpression",
        );
      else if (given && alternatives(file.types.typeOf(model, given)).some(({ kind }) => kind !== "string"))
        isOpen = true;
    }
    return { names, isOpen };
  }

  #findState(): ReachableNames {
    const { file, types } = this.#context;
    const names = new Set([...namesIn(types.stateType()), ...(file.evaluation?.stateKeys ?? [])]);
    let isOpen = this.#mayBeShared();
    for (const model of file.models) {
      const { stateKeys, setsAnyKey } = statementNames(model);
      for (const key of stateKeys) names.add(key);
      isOpen ||= setsAnyKey;
    }
    return { names, isOpen };
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

function namesIn(type: Type): Set<string> {
  return new Set(type.kind === "table" ? type.members.keys() : []);
}

/** Whether the prompts of a file have placeholders at all. */
export function hasPrompts(file: ProcedureFile): boolean {
  return file.models.some(({ sites }) => sites.some(({ kind }) => kind === "Agent"));
}
