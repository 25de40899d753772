import type { FindingFix, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { type NameOfField, namedFields, stringLiteral } from "#language/semantics/table-fields.ts";
import { fitsKinds, kindsText, valueText } from "#language/semantics/type-fits.ts";
import type { TableExpression } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";
import { mockFields } from "#vocabulary/declarations/interaction.ts";
import type { FieldEntry } from "#vocabulary/entries.ts";
import { fieldBuilders, fieldOptions } from "#vocabulary/fields.ts";

const builders = new Set(fieldBuilders.map(({ name }) => name));

/** Fields of declarations and of schema fields: unknown, missing, removed, deprecated, of a wrong kind. */
export const declarationFields: Rule = {
  statement: (context) => {
    for (const site of context.model.sites) checkSite(site, context);
  },
  visit: {
    CallExpression: ({ callee, arguments: [options] }, context) => {
      const isField =
        callee.kind === "MemberExpression" &&
        callee.object.kind === "NameExpression" &&
        callee.object.text === "field" &&
        builders.has(callee.member.text);
      if (isField && options?.kind === "TableExpression")
        checkFields(options, fieldOptions, `field.${callee.member.text}`, false, context);
    },
  },
};

function checkSite(site: DeclarationSite, context: StatementContext): void {
  const { config, entry } = site;
  if (!config) return;
  if (site.kind === "Mocks") {
    for (const { value } of namedFields(config))
      if (value.kind === "TableExpression") checkFields(value, mockFields, "a mock", false, context);
    return;
  }
  if (entry.fields.length === 0) return;
  checkFields(config, entry.fields, site.kind, entry.closed === true, context);
  checkMissing(site, config, context);
}

function checkFields(
  table: TableExpression,
  entries: readonly FieldEntry[],
  owner: string,
  isClosed: boolean,
  context: StatementContext,
): void {
  for (const field of namedFields(table)) {
    const entry = entries.find(({ name }) => name === field.name);
    if (!entry) reportUnknown(field, entries, owner, isClosed, context);
    else if (entry.removed !== undefined) reportRemoved(field, entry.removed, context);
    else checkKnown(field, entry, owner, context);
  }
}

function checkKnown(field: NameOfField, entry: FieldEntry, owner: string, context: StatementContext): void {
  if (entry.deprecated !== undefined) reportDeprecated(field, entry.deprecated, context);
  const type = context.types.typeOf(context.model, field.value);
  if (!fitsKinds(type, entry.types)) {
    context.report({
      code: "wrong-field-type",
      span: field.value,
      message: `"${field.name}" of ${owner} must be ${kindsText(entry.types)}, not ${valueText(type)}.`,
    });
    return;
  }
  checkValues(field, entry, owner, context);
  if (entry.fields && field.value.kind === "TableExpression" && !entry.types.includes("list"))
    checkFields(field.value, entry.fields, `"${field.name}"`, false, context);
}

function checkValues(
  field: NameOfField,
  entry: FieldEntry,
  owner: string,
  { report }: StatementContext,
): void {
  const text = stringLiteral(field.value);
  if (!text || !entry.values || entry.values.includes(text.value)) return;
  const known = entry.values.map(String);
  // The style of a module may be written in any case (language.md §2.1).
  if (known.some((value) => value.toLowerCase() === text.value.toLowerCase())) return;
  const guess = nearestName(text.value, known);
  report({
    code: "wrong-field-type",
    span: text.content,
    severity: "warning",
    message: `"${field.name}" of ${owner} can't be "${text.value}": it is one of ${known.join(", ")}.`,
    ...(guess !== undefined && { fixes: [replacement(text.content, guess)] }),
  });
}

function reportUnknown(
  { name, span }: NameOfField,
  entries: readonly FieldEntry[],
  owner: string,
  isClosed: boolean,
  { report }: StatementContext,
): void {
  const guess = nearestName(
    name,
    entries.filter(({ removed }) => removed === undefined).map((entry) => entry.name),
  );
  report({
    code: "unknown-field",
    span,
    severity: isClosed ? "error" : "warning",
    message: `${owner} has no field "${name}"${isClosed ? "" : ": it is ignored"}.${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
    ...(guess !== undefined && { fixes: [{ ...replacement(span, guess), isSafe: true }] }),
  });
}

function reportRemoved({ name, span }: NameOfField, instead: string, { report }: StatementContext): void {
  const isName = /^\w+$/.test(instead);
  report({
    code: "removed-form",
    span,
    message: `"${name}" was removed: write ${isName ? `"${instead}"` : instead}.`,
    ...(isName && { fixes: [{ ...replacement(span, instead), isSafe: true }] }),
  });
}

function reportDeprecated(
  { name, span, field, value }: NameOfField,
  instead: string,
  { report }: StatementContext,
): void {
  const fix = deprecationFix({ name, span, field, value }, instead);
  report({
    code: "deprecated-form",
    span,
    message: `"${name}" is an older form: write ${instead}.`,
    tags: ["deprecated"],
    ...(fix && { fixes: [fix] }),
  });
}

/** `handler = function() … end` becomes the function alone; a renamed field gets its new name. */
function deprecationFix({ span, field, value }: NameOfField, instead: string): FindingFix | undefined {
  if (instead.includes("without a name"))
    return {
      title: "Remove the name of the function",
      edits: [{ start: field.start, end: value.start, text: "" }],
      isPreferred: true,
      isSafe: true,
    };
  return /^\w+$/.test(instead) ? { ...replacement(span, instead), isSafe: true } : undefined;
}

function checkMissing(site: DeclarationSite, config: TableExpression, context: StatementContext): void {
  // What is computed may bring any field.
  if (config.fields.some(({ kind }) => kind === "KeyedField")) return;
  const present = new Set(namedFields(config).map(({ name }) => name));
  for (const { name, required, doc } of site.entry.fields) {
    if (!required || present.has(name)) continue;
    const at = config.openBrace.end;
    context.report({
      code: "missing-field",
      span: site.callee,
      message: `${site.kind} needs "${name}": ${lowerFirst(doc)}`,
      fixes: [{ title: `Add "${name}"`, edits: [{ start: at, end: at, text: ` ${name} = "",` }] }],
    });
  }
  const hasFunction = site.body !== undefined || present.has("use") || present.has("source");
  if (
    site.entry.body &&
    (site.entry.body.required || site.kind === "Tool") &&
    !hasFunction &&
    !mayHoldFunction(config)
  )
    context.report({
      code: "missing-field",
      span: site.callee,
      message: `${site.kind} "${site.name?.text ?? "main"}" has no function: it stands among the fields without a name.`,
    });
}

/** A value without a key that is no literal may be the function. */
function mayHoldFunction(config: TableExpression): boolean {
  return config.fields.some(
    ({ kind, value }) =>
      kind === "PositionalField" && value.kind !== "TableExpression" && value.kind !== "StringExpression",
  );
}

function replacement(span: { start: number; end: number }, text: string): FindingFix {
  return {
    title: `Replace with "${text}"`,
    edits: [{ start: span.start, end: span.end, text }],
    isPreferred: true,
  };
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
