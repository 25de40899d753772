import type { ProjectView } from "#language/project/project-view.ts";
import { grantedTools } from "#language/semantics/granted-tools.ts";
import { bullets, inlineCode, plainText } from "#language/semantics/markdown.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed, positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import { parameterText, typeText } from "#language/semantics/type-text.ts";
import type { Parameter, Type } from "#language/semantics/types.ts";
import type { CallExpression, Expression, Node, Span } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** Words between the letters of a text. */
export interface Hint {
  readonly kind: "type" | "parameter" | "tools";
  /** In the text. */
  readonly offset: number;
  readonly label: string;
  /** In Markdown. */
  readonly tooltip?: string;
}

interface Around {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
}

const longestLabel = 40;

/** The hints of a part of a file, in text order within each statement. */
export function hintsIn(around: Around, part: Span): Hint[] {
  return around.file.models
    .filter(({ offset, top }) => offset <= part.end && offset + top.length >= part.start)
    .flatMap((model) => {
      const inside = { start: part.start - model.offset, end: part.end - model.offset };
      return [...typeHints(around, model, inside), ...callHints(around, model, inside)];
    })
    .filter(({ offset }) => part.start <= offset && offset <= part.end);
}

/** Kinds of values that don't show what they give. */
const opaque: ReadonlySet<Expression["kind"]> = new Set([
  "CallExpression",
  "MethodCall",
  "MemberExpression",
  "IndexExpression",
  "BinaryExpression",
]);

/** Types of locals that their value does not show: what a call gives, what a field holds. */
function typeHints({ file }: Around, model: StatementModel, part: Span): Hint[] {
  return model.scopes.bindings
    .filter((binding) => part.start <= binding.span.end && binding.span.end <= part.end && isOpaque(binding))
    .flatMap((binding): Hint[] => {
      const type = file.types.typeOfBinding(model, binding);
      if (type.kind === "unknown" || type.kind === "function" || isNamedAlike(type, binding)) return [];
      const text = typeText(type);
      const isCut = text.length > longestLabel;
      const label = isCut ? typeText(type, 2) : text;
      return [
        {
          kind: "type",
          offset: model.offset + binding.span.end,
          label: `: ${label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label}`,
          ...(isCut && { tooltip: inlineCode(text) }),
        },
      ];
    });
}

/** `local done = require("tactus.tools.done")` says already that it is the tool `done`. */
function isNamedAlike(type: Type, { name }: Binding): boolean {
  return type.kind === "handle" && type.name === name;
}

function isOpaque({ origin, name }: Binding): boolean {
  if (origin.kind !== "local" || name.startsWith("_")) return false;
  const value = origin.statement.values[origin.index];
  return value !== undefined && opaque.has(value.kind);
}

function callHints(around: Around, model: StatementModel, part: Span): Hint[] {
  const hints: Hint[] = [];
  const visit = (node: Node): void => {
    if (node.end < part.start || node.start > part.end) return;
    if (node.kind === "CallExpression")
      hints.push(...parameterHints(around, model, node), ...toolHints(around, model, node));
    for (const child of childrenOf(node)) visit(child);
  };
  visit(model.top.node);
  return hints;
}

const literals: ReadonlySet<Expression["kind"]> = new Set([
  "NumberExpression",
  "StringExpression",
  "LiteralExpression",
]);

/** Names of the parameters of functions of the file, before values that don't say what they are. */
function parameterHints({ file }: Around, model: StatementModel, call: CallExpression): Hint[] {
  if (call.form !== "parentheses" || call.arguments.length < 2) return [];
  const called = file.types.calledFunction(model, call);
  if (!called || called.entry) return [];
  return call.arguments.flatMap((value, index): Hint[] => {
    const parameter = called.parameters[index];
    if (!parameter || !literals.has(value.kind)) return [];
    const offset = model.offset + value.start;
    return [{ kind: "parameter", offset, label: `${parameter.name}:`, tooltip: parameterTooltip(parameter) }];
  });
}

function parameterTooltip(parameter: Parameter): string {
  const { doc } = parameter;
  const about = doc === undefined || doc === "" ? "" : ` — ${plainText(doc)}`;
  return `${inlineCode(parameterText(parameter))}${about}`;
}

/** The tools that an agent is offered in a turn, behind its call. */
function toolHints(around: Around, model: StatementModel, call: CallExpression): Hint[] {
  const { types } = around.file;
  const agent = types.siteOfHandle(types.typeOf(model, call.callee));
  if (agent?.site.kind !== "Agent") return [];
  const chosen = turnTools(call);
  const granted = chosen ? undefined : grantedTools(agent, around);
  const names = chosen ?? [...(granted?.names ?? [])];
  const label = toolsLabel(names, granted?.isOpen === true);
  const tooltip = bullets(names.map(inlineCode));
  return [{ kind: "tools", offset: model.offset + call.end, label, ...(tooltip !== "" && { tooltip }) }];
}

function toolsLabel(names: readonly string[], isOpen: boolean): string {
  if (names.length === 0) return isOpen ? "tools of the configuration" : "no tools";
  const more = `${names.length > 3 ? ", …" : ""}${isOpen ? " + …" : ""}`;
  return `tools: ${names.slice(0, 3).join(", ")}${more}`;
}

/** The tools that the call itself names; undefined when it leaves them as they are. */
function turnTools(call: CallExpression): string[] | undefined {
  const [options] = call.arguments;
  const tools = options?.kind === "TableExpression" ? fieldNamed(options, "tools")?.value : undefined;
  if (tools?.kind !== "TableExpression") return undefined;
  return positionalValues(tools).flatMap(
    (value) => stringLiteral(value)?.value ?? (value.kind === "NameExpression" ? value.text : []),
  );
}
