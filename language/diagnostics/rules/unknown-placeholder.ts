import {
  hasPrompts,
  type PromptValues,
  promptValues,
  type ReachableNames,
} from "#language/diagnostics/names/prompt-values.ts";
import type { FileContext, Rule } from "#language/diagnostics/rule.ts";
import type { Placeholder } from "#language/embedded/template.ts";
import { calledAgent } from "#language/semantics/agent-turns.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import { type TemplateText, templateTexts } from "#language/semantics/template-texts.ts";
import { callableOf, type Type, withoutNil } from "#language/semantics/types.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** Placeholders of prompts that lead nowhere, as far as that is certain: they stay in the text as they are. */
export const unknownPlaceholder: Rule = {
  file: (context) => {
    if (!hasPrompts(context.file)) return;
    const check = new PromptCheck(context);
    for (const model of context.file.models)
      for (const template of templateTexts(context.file, model)) check.template(template, model);
  },
};

const neitherInput = "it is neither an input of the run nor a key of a call";

/** Namespaces that are always empty. */
const neverFilled: Readonly<Record<string, string>> = {
  env: "a run has no environment",
  output: "nothing fills it",
};

type PlaceholderPart = Placeholder["path"][number];

class PromptCheck {
  readonly #context: FileContext;
  readonly #values: PromptValues;

  constructor(context: FileContext) {
    this.#context = context;
    this.#values = promptValues(context);
  }

  template(template: TemplateText, model: StatementModel): void {
    if (template.placeholders.length === 0) return;
    const agent = this.#agentOf(template, model);
    if (agent === undefined) return;
    for (const placeholder of template.placeholders)
      this.#placeholder(placeholder, { template, model, agent });
  }

  /** The agent whose prompt it is; what belongs to none is not checked. */
  #agentOf({ site, call }: TemplateText, model: StatementModel): string | undefined {
    if (site) return site.kind === "Agent" ? (site.name?.text ?? "") : undefined;
    return call && calledAgent(this.#context.file, model, call);
  }

  #placeholder({ path }: Placeholder, prompt: Prompt): void {
    const [first, second] = path;
    if (!first) return;
    const { namespaces, bareNames } = prompt.template.place;
    if (!namespaces.includes(first.text)) {
      if (second) this.#misspelt(first, namespaces, prompt);
      else if (bareNames === undefined) this.#withoutNamespace(first, prompt);
      else this.#lacking(first, this.#firstInputs(prompt), neitherInput, prompt);
      return;
    }
    if (second) this.#inNamespace(first, second, prompt);
  }

  #inNamespace(namespace: PlaceholderPart, name: PlaceholderPart, prompt: Prompt): void {
    const unfilled = neverFilled[namespace.text];
    if (unfilled !== undefined) this.#report(name, unfilled, undefined, prompt);
    else if (namespace.text === "prepared") this.#prepared(name, prompt);
    else if (namespace.text === "state")
      this.#lacking(name, this.#values.stateKeys(), "nothing declares or sets it in the state", prompt);
    else if (prompt.template.place.bareNames !== undefined)
      this.#lacking(name, this.#firstInputs(prompt), neitherInput, prompt);
    else if (namespace.text === "context")
      this.#lacking(name, this.#values.runInputs(), "the procedure declares no such input", prompt);
    else this.#input(namespace, name, prompt);
  }

  /** `{input.x}` is what a call gives; what the run is given is `{context.x}`. */
  #input(namespace: PlaceholderPart, name: PlaceholderPart, prompt: Prompt): void {
    const given = this.#values.inputsOf(prompt.agent);
    if (given.isOpen || given.names.has(name.text) || !this.#values.runInputs().names.has(name.text)) {
      this.#lacking(name, given, "no call of the agent gives it", prompt);
      return;
    }
    const why = `no call of the agent gives "${name.text}", and the input of the run is called "context"`;
    this.#report(namespace, why, "context", prompt);
  }

  #prepared(name: PlaceholderPart, prompt: Prompt): void {
    const { site } = prompt.template;
    if (!site?.config) return;
    const hook = fieldNamed(site.config, "prepare");
    if (!hook) {
      this.#report(name, "the agent has no function `prepare`", undefined, prompt);
      return;
    }
    const type = callableOf(this.#context.types.typeOf(prompt.model, hook.value))?.returns()[0];
    this.#lacking(
      name,
      namesOfPrepared(type && withoutNil(type)),
      "the function `prepare` does not give it",
      prompt,
    );
  }

  /** The first message is filled from the inputs of the run and the keys of the call. */
  #firstInputs({ agent }: Prompt): ReachableNames {
    const inputs = this.#values.inputsOf(agent);
    const run = this.#values.runInputs();
    return { names: new Set([...inputs.names, ...run.names]), isOpen: inputs.isOpen || run.isOpen };
  }

  #lacking(name: PlaceholderPart, { names, isOpen }: ReachableNames, why: string, prompt: Prompt): void {
    if (isOpen || names.has(name.text)) return;
    this.#report(name, why, nearestName(name.text, names), prompt);
  }

  /** `{inptu.topic}`; other names with dots may be meant as they are. */
  #misspelt(name: PlaceholderPart, namespaces: readonly string[], prompt: Prompt): void {
    const guess = nearestName(name.text, namespaces);
    if (guess !== undefined) this.#report(name, `there is nothing called "${name.text}"`, guess, prompt);
  }

  /** `{topic}` for `{input.topic}`; other words in braces may be meant as they are. */
  #withoutNamespace(name: PlaceholderPart, prompt: Prompt): void {
    const places = { input: this.#values.inputsOf(prompt.agent), context: this.#values.runInputs() };
    const guess = Object.entries(places).find(
      ([, { names }]) => names.has(name.text) && name.text !== "message",
    );
    if (guess) this.#report(name, "a name needs its namespace here", `${guess[0]}.${name.text}`, prompt);
  }

  #report(
    { start, end, text }: PlaceholderPart,
    why: string,
    guess: string | undefined,
    { model }: Prompt,
  ): void {
    this.#context.report(model, {
      code: "unknown-placeholder",
      span: { start, end },
      message: `"${text}" leads nowhere, since ${why}: the placeholder stays in the text as it is.${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
      ...(guess !== undefined && {
        fixes: [
          { title: `Replace with "${guess}"`, edits: [{ start, end, text: guess }], isPreferred: true },
        ],
      }),
    });
  }
}

/** A prompt, or an addition to one, with the agent that says it. */
interface Prompt {
  readonly template: TemplateText;
  readonly model: StatementModel;
  readonly agent: string;
}

/** A value that is no table is reached as `{prepared.value}`. */
function namesOfPrepared(type: Type | undefined): ReachableNames {
  if (type?.kind === "table") return { names: new Set(type.members.keys()), isOpen: type.isOpen };
  return {
    names: new Set(["value"]),
    isOpen: type === undefined || type.kind === "unknown" || type.kind === "union",
  };
}
