import type { Placeholder } from "#language/embedded/template.ts";
import { calledAgent, turnInputs } from "#language/semantics/agent-turns.ts";
import { runSchema } from "#language/semantics/main-procedure.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { SymbolAt, SymbolTarget } from "#language/semantics/symbol-target.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import { type TemplateText, templateTexts } from "#language/semantics/template-texts.ts";
import {
  callableOf,
  type Member,
  membersOf,
  stringType,
  type Type,
  withoutNil,
} from "#language/semantics/types.ts";
import type { StringExpression } from "#language/syntax/tree.ts";
import { turnFields } from "#vocabulary/declarations/agent.ts";
import { templateNamespaces } from "#vocabulary/templates.ts";

/** What the placeholder of a prompt means at a place; undefined when none stands there. */
export function placeholderSymbol(
  file: ProcedureFile,
  model: StatementModel,
  text: StringExpression,
  offset: number,
): SymbolAt | undefined {
  for (const template of templateTexts(file, model)) {
    if (template.text !== text) continue;
    const placeholder = template.placeholders.find(({ start, end }) => start < offset && offset < end);
    const index = placeholder?.path.findIndex((part) => offset <= part.end) ?? -1;
    const part = placeholder?.path[index];
    const target = placeholder && part && placeholderTarget(file, model, template, placeholder.path, index);
    return part && target && { target, model, span: part, role: "text", node: text };
  }
  return undefined;
}

/** What name number `index` of a placeholder's path means. */
function placeholderTarget(
  file: ProcedureFile,
  model: StatementModel,
  template: TemplateText,
  path: Placeholder["path"],
  index: number,
): SymbolTarget | undefined {
  const name = path[index]?.text ?? "";
  const [first] = path;
  if (index === 0 && isNamespace(template, name)) {
    const entry = templateNamespaces.find((namespace) => namespace.name === name);
    return entry && { kind: "namespace", name, entry };
  }
  if (index === 1 && first?.text === "state") return { kind: "stateKey", name };
  const isInput = index === 1 && (first?.text === "input" || first?.text === "params");
  const agent = agentOf(file, model, template);
  if (agent !== undefined && (isInput || index === 0) && turnInputs(file, agent).has(name))
    return { kind: "turnInput", agent, name };
  const owner = ownerOf(file, model, template, path.slice(0, index));
  const member = owner && membersOf(owner)?.get(name);
  return owner && member && { kind: "member", name, member, owner };
}

function isNamespace({ place }: TemplateText, name: string): boolean {
  return place.namespaces.includes(name);
}

/** The members that may follow the names of a placeholder; those of the namespaces when there are none yet. */
export function placeholderMembers(
  file: ProcedureFile,
  model: StatementModel,
  template: TemplateText,
  path: Placeholder["path"],
): readonly Member[] {
  const owner = ownerOf(file, model, template, path);
  return [...((owner && membersOf(owner)?.values()) ?? [])];
}

/** The value that the names of a placeholder lead to. */
function ownerOf(
  file: ProcedureFile,
  model: StatementModel,
  template: TemplateText,
  [first, ...rest]: Placeholder["path"],
): Type | undefined {
  const root =
    first && isNamespace(template, first.text)
      ? namespaceType(file, model, template, first.text)
      : bareNames(file, model, template);
  const names = first && isNamespace(template, first.text) ? rest : first ? [first, ...rest] : [];
  let type = root;
  for (const { text } of names) {
    const member = type && membersOf(type)?.get(text);
    type = member && withoutNil(member.type);
  }
  return type;
}

function namespaceType(
  file: ProcedureFile,
  model: StatementModel,
  template: TemplateText,
  name: string,
): Type | undefined {
  switch (name) {
    case "input":
    case "params":
      return inputsOf(file, model, template);
    case "state":
      return file.types.stateType();
    case "context":
      return runSchema(file.types, "input");
    case "prepared":
      return preparedType(file, model, template);
    default:
      return undefined;
  }
}

const messageEntry = turnFields.find(({ name }) => name === "message");

/** `{input.message}` is there in every turn. */
const messageMember: Member = {
  name: "message",
  type: stringType,
  ...(messageEntry && { entry: messageEntry, doc: messageEntry.doc }),
};

/** Keys of the calls and fields of the agent's own schema; else the inputs of the run. */
function inputsOf(file: ProcedureFile, model: StatementModel, template: TemplateText): Type {
  const run = runSchema(file.types, "input");
  const agent = agentOf(file, model, template);
  if (agent === undefined) return run;
  const inputs = turnInputs(file, agent);
  const fromRun =
    template.place.field === "initial_message" || inputs.size === 0 ? membersOf(run) : undefined;
  return {
    kind: "table",
    isOpen: true,
    members: new Map([...(fromRun ?? []), ["message", messageMember] as const, ...inputs]),
  };
}

/** In the first message, inputs of the run and keys of the call need no namespace; in `template`, its own values. */
function bareNames(file: ProcedureFile, model: StatementModel, template: TemplateText): Type | undefined {
  if (template.place.bareNames === undefined) return undefined;
  if (template.place.field === "initial_message") return inputsOf(file, model, template);
  const values = template.call?.arguments[1];
  return values && file.types.typeOf(model, values);
}

function preparedType(file: ProcedureFile, model: StatementModel, { site }: TemplateText): Type | undefined {
  const hook = site?.config && fieldNamed(site.config, "prepare")?.value;
  const type = hook && callableOf(file.types.typeOf(model, hook))?.returns()[0];
  return type && withoutNil(type);
}

/** The agent whose prompt it is. */
function agentOf(
  file: ProcedureFile,
  model: StatementModel,
  { site, call }: TemplateText,
): string | undefined {
  return site ? site.name?.text : call && calledAgent(file, model, call);
}
