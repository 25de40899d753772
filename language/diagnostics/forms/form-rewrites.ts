import type { FindingFix, StatementContext } from "#language/diagnostics/rule.ts";
import { writtenText } from "#language/diagnostics/source-text.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { fieldNamed, stringLiteral } from "#language/semantics/table-fields.ts";
import type { CallExpression, MethodCall, Span, TableExpression } from "#language/syntax/tree.ts";
import { fieldBuilders } from "#vocabulary/fields.ts";

/** Edits that make an older form into the current one; undefined where they might change what the file means. */
type Edits = FindingFix["edits"] | undefined;

type Around = Pick<StatementContext, "file" | "model" | "types">;

const luaWords: ReadonlySet<string> = new Set(
  "and break do else elseif end false for function goto if in local nil not or repeat return then true until while".split(
    " ",
  ),
);

/** `Kind "x" {…}` and `Kind("x", {…})` become `x = Kind {…}`. */
export function assigned(site: DeclarationSite, context: Around): Edits {
  const { call, callee, config, name, enclosing } = site;
  if (!config || enclosing || name?.from !== "text") return undefined;
  const target = assignedTo(call, context);
  // Another variable of that name would be overwritten, or would name something else.
  if (target === undefined ? !isFreeName(name.text, context) : target !== name.text) return undefined;
  return [
    ...(target === undefined ? [{ start: call.start, end: call.start, text: `${name.text} = ` }] : []),
    { start: callee.end, end: config.start, text: " " },
    ...(config.end < call.end ? [{ start: config.end, end: call.end, text: "" }] : []),
  ];
}

/** `Kind("x", {…})` becomes `Kind "x" {…}`; a function behind the table moves into it. */
export function curried({ call, callee, config }: DeclarationSite, context: Around): Edits {
  const [name, table, body, ...more] = call.arguments;
  if (!config || table !== config || !stringLiteral(name) || !name || more.length > 0) return undefined;
  if (body && body.kind !== "FunctionExpression") return undefined;
  const last = config.fields.at(-1);
  const moved = body && {
    start: last?.end ?? config.openBrace.end,
    end: last?.end ?? config.openBrace.end,
    text: `${last ? ", " : " "}${writtenText(context, body)}${last ? "" : " "}`,
  };
  return [
    { start: callee.end, end: config.start, text: ` ${writtenText(context, name)} ` },
    ...(moved ? [moved] : []),
    { start: config.end, end: call.end, text: "" },
  ];
}

/** `Kind("x")` becomes the variable, where one holds what is declared under that name. */
export function variable(call: CallExpression, kind: string, { types }: Around): Edits {
  const name = stringLiteral(call.arguments[0])?.value ?? "";
  const declared = types.siteOf(kind, name)?.site.name;
  return declared?.from === "variable" ? [{ start: call.start, end: call.end, text: name }] : undefined;
}

/** `x.member(…)` becomes `x(…)`. */
export function withoutMember(call: CallExpression | MethodCall): Edits {
  if (call.kind === "MethodCall") return [{ start: call.object.end, end: call.method.end, text: "" }];
  if (call.callee.kind !== "MemberExpression") return undefined;
  return [{ start: call.callee.object.end, end: call.callee.end, text: "" }];
}

/** `{type = "string", …}` becomes `field.string{…}`. In tools, a table that does not say so means a required field. */
export function fieldBuilder(table: TableExpression, isOfTool: boolean, context: Around): Edits {
  const type = fieldNamed(table, "type");
  const text = type && stringLiteral(type.value)?.value;
  const isKnown = fieldBuilders.some(({ name }) => name === text);
  if (!type || !isKnown || table.fields.some(({ kind }) => kind === "PositionalField")) return undefined;
  const addsRequired = isOfTool && !fieldNamed(table, "required");
  const next = table.fields[table.fields.indexOf(type.field) + 1];
  const before = table.fields[table.fields.indexOf(type.field) - 1];
  const span: Span = next
    ? { start: type.field.start, end: next.start }
    : { start: before?.end ?? type.field.start, end: type.field.end };
  const required = addsRequired ? `required = true${next ? ", " : ""}` : "";
  const separator = addsRequired && !next && before ? ", " : "";
  const isEmptied = !next && !before && !addsRequired;
  if (isEmptied) return [{ start: table.start, end: table.end, text: `field.${text}{}` }];
  return [
    { start: table.start, end: table.start, text: `field.${text}` },
    { ...span, text: `${separator}${required}${keptComments(span, context)}` },
  ];
}

/** Another word for the same. */
export function renamed(callee: Span, instead: string): Edits {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/.test(instead)
    ? [{ start: callee.start, end: callee.end, text: instead }]
    : undefined;
}

/** A comment behind the field that goes stays. */
function keptComments(span: Span, context: Around): string {
  const comment = /--[^\n]*\n\s*/.exec(writtenText(context, span));
  return comment ? `${comment[0]}` : "";
}

/** The variable that a declaration is assigned to; undefined when it is a statement of its own. */
function assignedTo(call: CallExpression, { model }: Around): string | undefined {
  const { node } = model.top;
  if (node.kind === "CallStatement" && node.call === call) return undefined;
  if (node.kind !== "Assignment") return "";
  const target = node.targets[node.values.indexOf(call)];
  return target?.kind === "NameExpression" ? target.text : "";
}

function isFreeName(name: string, { file, types }: Around): boolean {
  if (!/^[A-Za-z_]\w*$/.test(name) || luaWords.has(name)) return false;
  const isWritten = file.names.globalWrites(name).length > 0 || file.names.topLocals(name).length > 0;
  return !isWritten && types.globalType(name) === undefined;
}
