import { kindsOfReference } from "#language/semantics/declared-names.ts";
import { expectedValue } from "#language/semantics/expected-value.ts";
import { fieldTarget, memberTarget } from "#language/semantics/member-symbols.ts";
import { namedReferences, referenceAt } from "#language/semantics/named-references.ts";
import { placeholderSymbol } from "#language/semantics/placeholder-symbols.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stepSymbol } from "#language/semantics/step-symbols.ts";
import type { FoundTarget, SymbolAt, SymbolTarget } from "#language/semantics/symbol-target.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { Node, StringExpression } from "#language/syntax/tree.ts";
import type { ReferenceKind } from "#vocabulary/entries.ts";

/** What a text means at a place in it: a name as a whole, a placeholder of a prompt, a step of a specification. */
export function textSymbol(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
  offset: number,
): SymbolAt | undefined {
  const text = path.at(-1);
  if (text?.kind !== "StringExpression") return undefined;
  const inside = placeholderSymbol(file, model, text, offset) ?? stepSymbol(file, model, text, offset);
  if (inside) return inside;
  const found = wholeText(file, model, path, text, offset);
  if (!found) return undefined;
  const reference = referenceAt(namedReferences(model), offset);
  return { ...found, model, span: reference?.span ?? text.content, node: text };
}

function wholeText(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
  text: StringExpression,
  offset: number,
): FoundTarget | undefined {
  const parent = path.at(-2);
  const name = text.value;
  if (isRequired(parent, text)) return { target: { kind: "module", name }, role: "text" };
  if (parent?.kind === "KeyedField" && parent.key === text)
    return fieldTarget(file, model, text.content, name, path.slice(0, -2));
  if (parent?.kind === "IndexExpression" && parent.key === text)
    return memberTarget(file, model, parent.object, name, text.content, "read");
  const site = model.sites.find((each) => each.name?.from !== "variable" && each.name?.span === text.content);
  if (site) return { target: { kind: "global", name, declaredBy: [site.kind] }, role: "declaration" };
  const step = model.sites.find((each) => each.kind === "Step" && each.text === text);
  if (step) {
    const own = { pattern: name, model, site: step };
    return {
      target: { kind: "step", name, match: { kind: "custom", step: own, arguments: [], captures: [] } },
      role: "declaration",
    };
  }
  const reference = referenceAt(namedReferences(model), offset);
  const target = reference
    ? targetOfKind(reference.kind, reference.text)
    : expectedTarget(file, model, path, name);
  return target && { target, role: "text" };
}

/** Whether a text is the name of a module in a `require`. */
export function isRequired(parent: Node | undefined, text: StringExpression): boolean {
  return (
    parent?.kind === "CallExpression" &&
    parent.callee.kind === "NameExpression" &&
    parent.callee.text === "require" &&
    stringLiteral(parent.arguments[0]) === text
  );
}

/** What a text of a kind names. */
function targetOfKind(kind: ReferenceKind, name: string): SymbolTarget {
  if (kind === "stateKey") return { kind: "stateKey", name };
  if (kind === "module") return { kind: "module", name };
  const declaredBy = kindsOfReference(kind);
  return declaredBy.length > 0
    ? { kind: "global", name, declaredBy, reference: kind }
    : { kind: "external", reference: kind, name };
}

/** What the place of a text says of it: what it names, or that it is one of a few words. */
function expectedTarget(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
  name: string,
): SymbolTarget | undefined {
  const entry = expectedValue(file, model, path)?.entry;
  if (!entry) return undefined;
  if (entry.refersTo) return targetOfKind(entry.refersTo, name);
  const isKnown = entry.values?.includes(name) || entry.suggested?.includes(name);
  return isKnown ? { kind: "value", name, entry } : undefined;
}
