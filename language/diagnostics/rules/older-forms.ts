import { fieldBuilder, renamed, withoutMember } from "#language/diagnostics/forms/form-rewrites.ts";
import { formsOf, type Matching, olderFormFinding } from "#language/diagnostics/forms/older-form-finding.ts";
import type { FindingFix, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { meansWord } from "#language/diagnostics/vocabulary-call.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { Call } from "#language/semantics/inference/inference.ts";
import {
  fieldNamed,
  namedFields,
  positionalValues,
  stringLiteral,
} from "#language/semantics/table-fields.ts";
import type { CallExpression, Expression, Span, TableExpression } from "#language/syntax/tree.ts";
import type { DeprecatedForm } from "#vocabulary/deprecated-forms.ts";

/** Words, members, items of lists and fields of schemas in the form of older versions, with what to write instead. */
export const olderForms: Rule = {
  statement: (context) => {
    for (const site of context.model.sites) {
      for (const form of itemForms) checkItems(form, site, context);
      checkSchemas(site, context);
    }
  },
  visit: {
    CallExpression: (call, context) => {
      checkWord(call, context);
      checkMember(call, context);
      checkScriptSchema(call, context);
    },
    MethodCall: (call, context) => checkMember(call, context),
  },
};

const itemForms = formsOf("itemField");
const memberForms = formsOf("memberCall");
const wordForms = formsOf("word");
const [typeTableForm] = formsOf("typeTable");

/** Whether a member that the value does not have is told as an older form. */
export function isOlderMember(handle: string, member: string): boolean {
  return memberForms.some(({ match }) => match.handle === handle && match.member === member);
}

/** Whether a word, or a function of a primitive, is older as a whole. */
export function isOlderWord(name: string): boolean {
  return wordForms.some(({ match }) => match.name === name);
}

function report(
  form: DeprecatedForm,
  span: Span,
  edits: FindingFix["edits"] | undefined,
  context: StatementContext,
): void {
  context.report(olderFormFinding(form, span, edits));
}

function checkWord(call: CallExpression, context: StatementContext): void {
  const { callee } = call;
  const root = callee.kind === "MemberExpression" ? callee.object : callee;
  if (root.kind !== "NameExpression" || !meansWord(root, context)) return;
  const name = callee.kind === "MemberExpression" ? `${root.text}.${callee.member.text}` : root.text;
  for (const form of wordForms)
    if (form.match.name === name)
      report(form, callee, form.rewrite === "rename" ? renamed(callee, form.instead) : undefined, context);
}

function checkMember(call: Call, context: StatementContext): void {
  const member =
    call.kind === "MethodCall" ? call.method : call.callee.kind === "MemberExpression" && call.callee.member;
  const object =
    call.kind === "MethodCall" ? call.object : call.callee.kind === "MemberExpression" && call.callee.object;
  if (!member || !object) return;
  const forms = memberForms.filter(({ match }) => match.member === member.text);
  const type = forms.length > 0 ? context.types.typeOf(context.model, object) : undefined;
  if (type?.kind !== "handle") return;
  for (const form of forms)
    if (form.match.handle === type.handle)
      report(form, member, form.rewrite === "dropMember" ? withoutMember(call) : undefined, context);
}

function checkItems(form: Matching<"itemField">, site: DeclarationSite, context: StatementContext): void {
  const { declaration, field, key } = form.match;
  const list = declaration === site.kind && site.config ? fieldNamed(site.config, field)?.value : undefined;
  if (list?.kind !== "TableExpression") return;
  for (const item of positionalValues(list)) {
    const found = item.kind === "TableExpression" ? fieldNamed(item, key) : undefined;
    if (found) report(form, found.span, undefined, context);
  }
}

/** Fields of schemas that are written as plain tables. */
function checkSchemas({ kind, entry, config }: DeclarationSite, context: StatementContext): void {
  if (!config) return;
  for (const { name, value } of namedFields(config)) {
    const isSchema = entry.fields.some((field) => field.name === name && field.types.includes("schema"));
    if (isSchema) checkSchema(value, kind === "Tool" && name === "input", context);
  }
}

/** `input {…}` and `output {…}` of a script. */
function checkScriptSchema(call: CallExpression, context: StatementContext): void {
  const { callee } = call;
  const isSchema = callee.kind === "NameExpression" && (callee.text === "input" || callee.text === "output");
  if (isSchema && context.parents.length === 1) checkSchema(call.arguments[0], false, context);
}

function checkSchema(schema: Expression | undefined, isOfTool: boolean, context: StatementContext): void {
  if (schema?.kind !== "TableExpression" || !typeTableForm) return;
  for (const { value } of namedFields(schema))
    if (value.kind === "TableExpression" && isTypeTable(value, typeTableForm.match.keys))
      report(typeTableForm, value.openBrace, fieldBuilder(value, isOfTool, context), context);
}

function isTypeTable(table: TableExpression, keys: readonly string[]): boolean {
  const type = stringLiteral(fieldNamed(table, "type")?.value);
  return type !== undefined && keys.some((key) => fieldNamed(table, key) !== undefined);
}
