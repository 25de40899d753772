import { assigned, curried, variable } from "#language/diagnostics/forms/form-rewrites.ts";
import { formsOf, type Matching, olderFormFinding } from "#language/diagnostics/forms/older-form-finding.ts";
import type { FindingFix, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { meansWord } from "#language/diagnostics/vocabulary-call.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { CallExpression, NameExpression, Node, TopStatement } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** Declarations in the form of older versions. Which rewrite is safe depends on the other names of the file. */
export const olderDeclarations: Rule = {
  file: ({ file, types, report }) => {
    for (const model of file.models) {
      const around = { file, model, types };
      for (const site of model.sites)
        for (const form of forms)
          if (matches(form.match, site))
            report(model, olderFormFinding(form, site.callee, rewritten(form, site, around)));
      for (const lookup of lookupsIn(model))
        if (meansWord(lookup.callee, around))
          for (const form of forms)
            if (matchesLookup(form.match, lookup)) {
              const edits =
                form.rewrite === "variable" ? variable(lookup.call, lookup.callee.text, around) : undefined;
              report(model, olderFormFinding(form, lookup.callee, edits));
            }
    }
  },
};

const forms = formsOf("declaration");
const lookupKinds: ReadonlySet<string> = new Set(
  forms.filter(({ match }) => match.form === "lookup").map(({ match }) => match.declaration),
);

type DeclarationMatch = Matching<"declaration">["match"];

function matches(match: DeclarationMatch, site: DeclarationSite): boolean {
  if (match.declaration !== site.kind || match.form !== site.form || isLookup(site.call)) return false;
  if (match.place !== undefined && (match.place === "function") !== (site.enclosing !== undefined))
    return false;
  if (match.withTable && !site.config) return false;
  return !match.alone || site.callee.kind === "NameExpression";
}

function matchesLookup(
  { form, declaration, place }: DeclarationMatch,
  { callee, isInside }: Lookup,
): boolean {
  if (form !== "lookup" || declaration !== callee.text) return false;
  return place === undefined || (place === "function") === isInside;
}

function rewritten(
  { rewrite }: Matching<"declaration">,
  site: DeclarationSite,
  around: Pick<StatementContext, "file" | "model" | "types">,
): FindingFix["edits"] | undefined {
  if (rewrite === "assign") return assigned(site, around);
  return rewrite === "curry" ? curried(site, around) : undefined;
}

/** `Kind("x")` and nothing more. */
interface Lookup {
  readonly call: CallExpression;
  readonly callee: NameExpression;
  /** It stands in a function. */
  readonly isInside: boolean;
}

const known = new WeakMap<TopStatement, readonly Lookup[]>();

function lookupsIn({ top, scopes }: StatementModel): readonly Lookup[] {
  const found = known.get(top);
  if (found) return found;
  const lookups: Lookup[] = [];
  if (scopes.free.some(({ name }) => lookupKinds.has(name))) collect(top.node, undefined, false, lookups);
  known.set(top, lookups);
  return lookups;
}

function collect(node: Node, parent: Node | undefined, isInside: boolean, lookups: Lookup[]): void {
  // Else it is the first part of `Kind "x" {…}`.
  const isFirstPart = parent?.kind === "CallExpression" && parent.callee === node;
  if (
    node.kind === "CallExpression" &&
    node.callee.kind === "NameExpression" &&
    isLookup(node) &&
    !isFirstPart
  )
    lookups.push({ call: node, callee: node.callee, isInside });
  for (const child of childrenOf(node))
    collect(child, node, isInside || node.kind === "FunctionBody", lookups);
}

function isLookup({ callee, arguments: values }: CallExpression): boolean {
  return callee.kind === "NameExpression" && values.length === 1 && stringLiteral(values[0]) !== undefined;
}
