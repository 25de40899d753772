import type { CompletionItem, Completions } from "#language/completion/completion-item.ts";
import { diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";
import { commentAround } from "#language/semantics/annotation-symbols.ts";
import { fileClasses } from "#language/semantics/inference/class-types.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";

const tags: Readonly<Record<string, string>> = {
  param: "What a parameter is: `---@param name type text`.",
  return: "What the function gives: `---@return type text`.",
  type: "What the variable or the field below holds.",
  class: "A table with known fields: `---@class Name`.",
  field: "A field of the class above: `---@field name type text`.",
  alias: "A name for a type: `---@alias Name type`.",
  generic: "A type that the caller decides.",
  overload: "Another way to call the function: `---@overload fun(…)`.",
  deprecated: "It should not be used any more; say what to use instead.",
  diagnostic: "Keeps findings back: `---@diagnostic disable-next-line: code`.",
};

const actions: Readonly<Record<string, string>> = {
  "disable-next-line": "In the next line.",
  "disable-line": "In this line.",
  disable: "From here on.",
  enable: "Until here.",
};

const types = ["string", "number", "integer", "boolean", "table", "function", "any", "nil", "fun"];

/** What can be written in an annotation; undefined in all other comments. */
export function annotationCompletions(file: ProcedureFile, offset: number): Completions | undefined {
  const line = file.text.slice(file.text.lastIndexOf("\n", offset - 1) + 1, offset);
  const comment = /---[^\n]*$/.exec(line)?.[0];
  const items = comment === undefined ? undefined : itemsFor(file, offset, comment);
  if (!items || items.length === 0) return undefined;
  const before = /[\w-]*$/.exec(line)?.[0].length ?? 0;
  const after = /^[\w-]*/.exec(file.text.slice(offset, offset + 80))?.[0].length ?? 0;
  return { items, replace: { start: offset - before, end: offset + after }, within: "comment" };
}

function itemsFor(file: ProcedureFile, offset: number, comment: string): CompletionItem[] | undefined {
  if (/^---\s*@\w*$/.test(comment)) return documented(tags, "keyword");
  if (/^---\s*@param\s+\w*$/.test(comment)) return parameterItems(file, offset);
  if (/^---\s*@diagnostic\s*:?\s*[\w-]*$/.test(comment)) return documented(actions, "keyword");
  if (/^---\s*@diagnostic\s*:?\s*(?:enable|disable[\w-]*)\s*:.*$/.test(comment))
    return Object.entries(diagnosticCatalogue).map(([label, { meaning }]) => ({
      label,
      kind: "value",
      doc: meaning,
    }));
  const isType =
    /^---\s*@(?:type|return|param\s+[\w.]+\??|field\s+\w+\??|alias\s+\w+|class\s+\w+\s*:)\s+(?:.*[|<,([{:\s])?[\w.]*$/.test(
      comment,
    );
  return isType ? typeItems(file) : undefined;
}

function documented(words: Readonly<Record<string, string>>, kind: CompletionItem["kind"]): CompletionItem[] {
  return Object.entries(words).map(([label, doc], index) => ({ label, kind, doc, rank: index < 3 ? 1 : 2 }));
}

/** Parameters of the function below that have no line yet. */
function parameterItems(file: ProcedureFile, offset: number): CompletionItem[] {
  const comment = commentAround(file, offset);
  if (!comment) return [];
  const model = file.modelAt(comment.end);
  const start = comment.end - model.offset;
  const bodies = model.scopes.bindings.flatMap(({ origin }) =>
    origin.kind === "parameter" && origin.body.start >= start ? [origin.body] : [],
  );
  const [body] = bodies.toSorted((first, second) => first.start - second.start);
  const known = new Set(comment.annotations.parameters.map(({ name }) => name));
  return (body?.parameters ?? [])
    .filter(({ text }) => !known.has(text))
    .map(({ text }) => ({ label: text, kind: "parameter" }));
}

function typeItems(file: ProcedureFile): CompletionItem[] {
  return [
    ...[...fileClasses(file).keys()].map((label): CompletionItem => ({ label, kind: "class", rank: 1 })),
    ...types.map((label): CompletionItem => ({ label, kind: "keyword", rank: 2 })),
  ];
}
