import type { StepArgument } from "#language/embedded/gherkin/match-steps.ts";
import { kindsOfReference } from "#language/semantics/declared-names.ts";
import { runSchema } from "#language/semantics/main-procedure.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { type SpecificationStep, specificationSteps } from "#language/semantics/specification-steps.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { SymbolAt, SymbolTarget } from "#language/semantics/symbol-target.ts";
import { membersOf, type Type } from "#language/semantics/types.ts";
import type { StringExpression } from "#language/syntax/tree.ts";

/** What a specification means at a place: the name in a step, or the step. */
export function stepSymbol(
  file: ProcedureFile,
  model: StatementModel,
  text: StringExpression,
  offset: number,
): SymbolAt | undefined {
  for (const found of specificationSteps(file, model)) {
    const { step, match, base } = found;
    if (base !== text.content.start || !match) continue;
    const start = base + step.text.start;
    const end = base + step.text.end;
    if (offset < start || offset > end) continue;
    for (const argument of match.arguments) {
      const span = { start: start + argument.start, end: start + argument.end };
      if (offset < span.start || offset > span.end) continue;
      const target = argumentTarget(file, found, argument);
      if (target) return { target, model, span, role: "text", node: text };
    }
    const target: SymbolTarget = { kind: "step", name: step.text.text, match };
    return { target, model, span: { start, end }, role: "text", node: text };
  }
  return undefined;
}

/** What the parameter of a step names. */
function argumentTarget(
  file: ProcedureFile,
  step: SpecificationStep,
  { kind, text, isPlaceholder }: StepArgument,
): SymbolTarget | undefined {
  if (isPlaceholder) return undefined;
  switch (kind) {
    case "tool":
    case "agent":
    case "model":
      return { kind: "global", name: text, declaredBy: kindsOfReference(kind), reference: kind };
    case "state":
      return { kind: "stateKey", name: text };
    case "input":
    case "output":
      return memberTarget(runSchema(file.types, kind), text);
    case "argument":
      return memberTarget(toolInput(file, step), text);
    default:
      return undefined;
  }
}

function memberTarget(owner: Type | undefined, name: string): SymbolTarget | undefined {
  const member = owner && membersOf(owner)?.get(name);
  return owner && member && { kind: "member", name, member, owner };
}

/** What the tool of a step is called with. */
function toolInput(file: ProcedureFile, { match }: SpecificationStep): Type | undefined {
  const name = match?.arguments.find(({ kind }) => kind === "tool")?.text;
  const tool = name === undefined ? undefined : file.types.siteOf("Tool", name);
  return tool && file.types.inputType(tool.model, tool.site);
}
