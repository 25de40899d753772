import type { FileContext, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { type FileRole, fileRole, isInScript } from "#language/diagnostics/workflow/file-role.ts";
import { functionContexts } from "#language/semantics/inference/function-contexts.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { CallExpression, NameExpression, Node } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";
import { declarations } from "#vocabulary/declarations.ts";
import type { DeclarationEntry } from "#vocabulary/entries.ts";
import { primitives } from "#vocabulary/primitives.ts";

/** Declarations where a procedure runs already, and primitives where none runs yet. */
export const wrongPhase: Rule = {
  visit: {
    CallExpression: (call, context) => {
      const { callee } = call;
      if (callee.kind !== "NameExpression" || context.model.scopes.bindingOf.has(callee)) return;
      const entry = onlyAtTheTop.get(callee.text);
      if (!entry || !isDeclaring(entry, call) || !runsLater(context)) return;
      context.report({
        code: "wrong-phase",
        span: callee,
        // Where nothing else is meant by the name, only the declaration is lost.
        ...(entry.inProcedure === undefined && { severity: "warning" }),
        message: `${callee.text} declares only at the top of the file${thereText(entry)}.`,
      });
    },
  },
  file: (context) => {
    const role = fileRole(context.file);
    if (role.kind === "module") return;
    for (const model of context.file.models) checkTop(model, role, context);
  },
};

const onlyAtTheTop: ReadonlyMap<string, DeclarationEntry> = new Map(
  declarations.filter(({ phase }) => phase === "declaration").map((entry) => [entry.name, entry]),
);
const callablePrimitives = new Set(primitives.filter(({ call }) => call).map(({ name }) => name));
const onlyInProcedures: ReadonlySet<string> = new Set(
  primitives.filter(({ phase }) => phase === "procedure").map(({ name }) => name),
);
const declaring: ReadonlySet<string> = new Set(declarations.map(({ name }) => name));

function thereText({ inProcedure }: DeclarationEntry): string {
  return inProcedure === undefined ? "" : `: while a procedure runs, ${inProcedure}`;
}

/** Where the name is a primitive as well, a text that stands first looks something up. */
function isDeclaring(entry: DeclarationEntry, { arguments: values }: CallExpression): boolean {
  if (entry.inProcedure === undefined || !callablePrimitives.has(entry.name)) return true;
  return values.some(({ kind }) => kind === "TableExpression") && !stringLiteral(values[0]);
}

/** Inside of a function that only a run calls: the body of a procedure or a tool, a hook of an agent. */
function runsLater({ model, parents }: StatementContext): boolean {
  const contexts = functionContexts(model);
  return parents.some((parent) => {
    const kind = parent.kind === "FunctionBody" ? contexts.get(parent)?.kind : undefined;
    return kind === "body" || kind === "inlineTool" || kind === "field";
  });
}

function checkTop(model: StatementModel, role: FileRole, context: FileContext): void {
  const isInBody = isInScript(role, model.offset + model.top.node.start);
  if (isInBody) {
    for (const { callee, entry, enclosing } of model.sites)
      if (
        !enclosing &&
        callee.kind === "NameExpression" &&
        entry.phase === "declaration" &&
        entry.inProcedure !== undefined
      )
        context.report(model, {
          code: "wrong-phase",
          span: callee,
          message: `${callee.text} stands below the first statement of the script, which runs as a procedure${thereText(entry)}. Put it above.`,
        });
    return;
  }
  for (const name of earlyNames(model))
    if (
      !context.file.names.topLocal(name.text, model.index) &&
      context.file.names.globalWrites(name.text).length === 0
    )
      context.report(model, {
        code: "wrong-phase",
        span: name,
        message: `${name.text} ${declaring.has(name.text) ? "has members" : "is there"} only while a procedure runs, not here, where the file is read.`,
      });
}

const early = new WeakMap<StatementModel, readonly NameExpression[]>();

/** Primitives that a statement uses outside of functions. */
function earlyNames(model: StatementModel): readonly NameExpression[] {
  const known = early.get(model);
  if (known) return known;
  const names = model.scopes.free.filter(
    ({ name, access, enclosing }) => !enclosing && access !== "write" && onlyInProcedures.has(name),
  );
  const mayDeclare = new Set(names.filter(({ name }) => declaring.has(name)).map(({ node }) => node));
  const found = names.filter(({ node }) => !mayDeclare.has(node)).map(({ node }) => node);
  if (mayDeclare.size > 0) found.push(...indexedNames(model.top.node, mayDeclare));
  early.set(model, found);
  return found;
}

/** `Step.checkpoint`: what declares here has no members. */
function indexedNames(node: Node, names: ReadonlySet<Node>): NameExpression[] {
  if (node.kind === "FunctionBody") return [];
  const own =
    node.kind === "MemberExpression" && node.object.kind === "NameExpression" && names.has(node.object)
      ? [node.object]
      : [];
  return [...own, ...childrenOf(node).flatMap((child) => indexedNames(child, names))];
}
