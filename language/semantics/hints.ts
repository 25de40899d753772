import type { ProjectView } from "#language/project/project-view.ts";
import { grantedTools } from "#language/semantics/granted-tools.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed, positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import { parameterText, typeText } from "#language/semantics/type-text.ts";
import type { CallExpression, Span } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

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

/** The hints of a part of a file. */
export function hintsIn(around: Around, part: Span): Hint[] {
  return around.file.models
    .filter(({ offset, top }) => offset <= part.end && offset + top.length >= part.start)
    .flatMap((model) => [...typeHints(around, model), ...callHints(around, model)])
    .filter(({ offset }) => part.start <= offset && offset <= part.end);
}

/** Types of locals that their value does not show: what a call gives, what a field holds. */
function typeHints({ file }: Around, model: StatementModel): Hint[] {
  return model.scopes.bindings.flatMap((binding) => {
    if (binding.origin.kind !== "local" || binding.name.startsWith("_")) return [];
    const value = binding.origin.statement.values[binding.origin.index];
    if (
      !value ||
      !["CallExpression", "MethodCall", "MemberExpression", "BinaryExpression"].includes(value.kind)
    )
      return [];
    const type = file.types.typeOfBinding(model, binding);
    if (type.kind === "unknown" || type.kind === "function") return [];
    const text = typeText(type);
    const isCut = text.length > longestLabel;
    return [
      {
        kind: "type",
        offset: model.offset + binding.span.end,
        label: `: ${isCut ? typeText(type, 2) : text}`,
        ...(isCut && { tooltip: `\`${text}\`` }),
      } satisfies Hint,
    ];
  });
}

function callHints(around: Around, model: StatementModel): Hint[] {
  const hints: Hint[] = [];
  walk(model.top.node, (node) => {
    if (node.kind !== "CallExpression") return;
    hints.push(...parameterHints(around, model, node), ...toolHints(around, model, node));
  });
  return hints;
}

/** Names of the parameters of functions of the file, before values that don't say what they are. */
function parameterHints({ file }: Around, model: StatementModel, call: CallExpression): Hint[] {
  if (call.form !== "parentheses" || call.arguments.length < 2) return [];
  const called = file.types.calledFunction(model, call);
  if (!called || called.entry) return [];
  return call.arguments.flatMap((value, index) => {
    const parameter = called.parameters[index];
    const isLiteral = ["NumberExpression", "StringExpression", "LiteralExpression"].includes(value.kind);
    if (!parameter || !isLiteral) return [];
    return [
      {
        kind: "parameter",
        offset: model.offset + value.start,
        label: `${parameter.name}:`,
        tooltip: `\`${parameterText(parameter)}\`${parameter.doc === undefined ? "" : ` — ${parameter.doc}`}`,
      } satisfies Hint,
    ];
  });
}

/** The tools that an agent is offered in a turn, behind its call. */
function toolHints(around: Around, model: StatementModel, call: CallExpression): Hint[] {
  const type = around.file.types.typeOf(model, call.callee);
  if (type.kind !== "handle" || type.handle !== "agent" || type.name === undefined) return [];
  const agent = around.file.types.siteOfHandle(type);
  if (!agent) return [];
  const granted = grantedTools(agent, around);
  const names = turnTools(call) ?? [...granted.names];
  const more = turnTools(call) === undefined && granted.isOpen ? " + …" : "";
  const label =
    names.length === 0
      ? more === ""
        ? "no tools"
        : "tools of the configuration"
      : `tools: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}${more}`;
  return [
    {
      kind: "tools",
      offset: model.offset + call.end,
      label,
      tooltip: names.map((name) => `- \`${name}\``).join("\n"),
    },
  ];
}

function turnTools(call: CallExpression): string[] | undefined {
  const [options] = call.arguments;
  const tools = options?.kind === "TableExpression" ? fieldNamed(options, "tools")?.value : undefined;
  if (tools?.kind !== "TableExpression") return undefined;
  return positionalValues(tools).flatMap(
    (value) => stringLiteral(value)?.value ?? (value.kind === "NameExpression" ? value.text : []),
  );
}
