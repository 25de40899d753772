import { type CodePlace, type TablePlace, tableAround } from "#language/completion/completion-place.ts";
import { cursorSlot } from "#language/completion/cursor-slot.ts";
import type { Project } from "#language/project/project.ts";
import { entryText, fieldText } from "#language/semantics/entry-text.ts";
import { type ExpectedValue, parametersBeforeColon } from "#language/semantics/expected-value.ts";
import { plainText } from "#language/semantics/markdown.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import { kindsText } from "#language/semantics/type-fits.ts";
import { parameterText, typeText } from "#language/semantics/type-text.ts";
import { type FunctionType, membersOf, type Parameter } from "#language/semantics/types.ts";
import type { CallExpression, MethodCall, Span } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** How what is being called, or filled in, is written. */
export interface Signature {
  readonly label: string;
  readonly doc?: string;
  readonly parameters: readonly SignatureParameter[];
  /** Number of the parameter that is being written; undefined when it is none of them. */
  readonly active: number | undefined;
}

interface SignatureParameter {
  /** Where it stands in the label. */
  readonly span: Span;
  /** In Markdown. */
  readonly doc?: string;
}

/** The signature of the call, or of the table with known fields, that is open around an offset. */
export function signatureAt(file: ProcedureFile, offset: number, project: Project): Signature | undefined {
  const { index, base, path } = nodePathAt(file.tree, offset);
  const model = file.models[index];
  if (!model) return undefined;
  const slot = cursorSlot(file.tree.tokens, offset);
  const place: CodePlace = { file, project, model, path, offset, relative: offset - base, slot };
  const table = tableAround(place);
  const ofTable = table && tableSignature(place, table);
  return ofTable ?? callSignature(place);
}

/** What is open inside of the innermost function: a body among the arguments has nothing to do with the call. */
function callSignature({ file, model, path, relative, slot }: CodePlace): Signature | undefined {
  const inner = path.slice(path.findLastIndex(({ kind }) => kind === "FunctionBody") + 1);
  const call = inner.findLast(
    (node): node is CallExpression | MethodCall =>
      (node.kind === "CallExpression" || node.kind === "MethodCall") &&
      node.form !== "string" &&
      node.argumentList.start < relative &&
      relative <= node.argumentList.end,
  );
  const called = call && file.types.calledFunction(model, call);
  if (!call || !called) return undefined;
  const skipped = parametersBeforeColon(file, model, call, called);
  const isDirect = slot.openerStart - model.offset === call.argumentList.start;
  const number = isDirect ? slot.index : call.arguments.findIndex(({ end }) => relative <= end);
  return functionSignature(nameOf(call), called, skipped, Math.max(0, number));
}

function nameOf(call: CallExpression | MethodCall): string {
  if (call.kind === "MethodCall") return call.method.text;
  const { callee } = call;
  if (callee.kind === "MemberExpression") return callee.member.text;
  return callee.kind === "NameExpression" ? callee.text : "function";
}

function functionSignature(name: string, called: FunctionType, skipped: number, number: number): Signature {
  const parameters = called.parameters.slice(skipped);
  const texts = parameters.map((parameter) => parameterText(parameter, 1));
  const all = called.isVararg ? [...texts, "..."] : texts;
  const returns = called.returns();
  const isTold = returns.some(({ kind }) => kind !== "unknown" && kind !== "nil");
  const results = isTold ? `: ${returns.map((returned) => typeText(returned, 1)).join(", ")}` : "";
  const doc = called.entry?.doc ?? (called.doc === undefined ? undefined : plainText(called.doc));
  const last = called.isVararg ? all.length - 1 : Number.POSITIVE_INFINITY;
  const active = Math.min(number, last);
  return {
    ...labelled(`${name}(`, all, `)${results}`, [...parameters.map(parameterDoc)]),
    active: active < all.length ? active : undefined,
    ...(doc !== undefined && { doc }),
  };
}

function parameterDoc({ doc, entry }: Parameter): string | undefined {
  if (entry) return entry.doc === "" ? undefined : entry.doc;
  return doc === undefined || doc === "" ? undefined : plainText(doc);
}

/** More fields than this are not listed: those that are needed, and the one that is being written, are. */
const mostFields = 8;

interface TableEntry {
  readonly name: string;
  readonly text: string;
  readonly isNeeded: boolean;
  readonly doc: string | undefined;
}

/** A table of options as the parameters that its fields are. */
function tableSignature(
  { slot }: CodePlace,
  { table, model, expected, path }: TablePlace,
): Signature | undefined {
  const entries = expected ? entriesOf(expected) : [];
  if (!expected || entries.length === 0) return undefined;
  const relative = slot.word.start - model.offset;
  const here = slot.field ?? namedFields(table).find(({ span }) => span.start === relative)?.name;
  const listed =
    entries.length <= mostFields
      ? entries
      : entries.filter(({ name, isNeeded }) => isNeeded || name === here);
  const texts = listed.map(({ text }) => text);
  const more = listed.length < entries.length ? ["…"] : [];
  const found = listed.findIndex(({ name }) => name === here);
  const call = path.at(-2);
  const name = call?.kind === "CallExpression" || call?.kind === "MethodCall" ? nameOf(call) : expected.owner;
  const doc = expected.entry?.doc;
  return {
    ...labelled(
      `${expected.site?.kind ?? name} { `,
      [...texts, ...more],
      " }",
      listed.map((entry) => entry.doc),
    ),
    active: found < 0 ? undefined : found,
    ...(doc !== undefined && { doc }),
  };
}

function entriesOf({ entry, type }: ExpectedValue): TableEntry[] {
  if (entry?.fields)
    return entry.fields
      .filter(({ removed, aliasOf }) => removed === undefined && aliasOf === undefined)
      .map((field) => ({
        name: field.name,
        text: `${field.name}${field.required ? "" : "?"}: ${kindsText(field.types)}`,
        isNeeded: field.required === true,
        doc: fieldText(field),
      }));
  return [...((type && membersOf(type)?.values()) ?? [])].map(
    ({ name, type: of, isOptional, doc, entry: word }) => ({
      name,
      text: `${name}${isOptional ? "?" : ""}${of.kind === "unknown" ? "" : `: ${typeText(of, 1)}`}`,
      isNeeded: isOptional !== true,
      doc: word ? entryText(word) : doc === undefined ? undefined : plainText(doc),
    }),
  );
}

/** A label with the places of its parts. */
function labelled(
  before: string,
  parts: readonly string[],
  after: string,
  docs: readonly (string | undefined)[],
): Pick<Signature, "label" | "parameters"> {
  let label = before;
  const parameters = parts.map((part, index): SignatureParameter => {
    if (index > 0) label += ", ";
    const span = { start: label.length, end: label.length + part.length };
    label += part;
    const doc = docs[index];
    return { span, ...(doc !== undefined && doc !== "" && { doc }) };
  });
  return { label: label + after, parameters };
}
