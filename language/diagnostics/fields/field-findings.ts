import type { Finding, FindingFix } from "#language/diagnostics/rule.ts";
import type { NameOfField } from "#language/semantics/table-fields.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A fix that puts a text in the place of another. */
export function replacement({ start, end }: Span, text: string): FindingFix {
  return { title: `Replace with "${text}"`, edits: [{ start, end, text }], isPreferred: true };
}

/** A field that has another name since long ago. */
export function removed({ name, span }: NameOfField, instead: string): Finding {
  const isName = /^\w+$/.test(instead);
  return {
    code: "removed-form",
    span,
    message: `"${name}" was removed: write ${isName ? `"${instead}"` : instead}.`,
    ...(isName && { fixes: [{ ...replacement(span, instead), isSafe: true }] }),
  };
}

/** A field that still works under an older name. */
export function deprecated(field: NameOfField, instead: string): Finding {
  const fix = deprecationFix(field, instead);
  return {
    code: "deprecated-form",
    span: field.span,
    message: `"${field.name}" is an older form: write ${instead}.`,
    tags: ["deprecated"],
    ...(fix && { fixes: [fix] }),
  };
}

/** `handler = function() … end` becomes the function alone, a renamed field gets its new name, `x = …` becomes `{x = …}`. */
function deprecationFix({ span, field, value }: NameOfField, instead: string): FindingFix | undefined {
  if (instead.includes("without a name"))
    return {
      title: "Remove the name of the function",
      edits: [{ start: field.start, end: value.start, text: "" }],
      isPreferred: true,
      isSafe: true,
    };
  if (/^\w+$/.test(instead)) return { ...replacement(span, instead), isSafe: true };
  const [, before, after] = /^(.*?)…(.*)$/.exec(instead) ?? [];
  if (before === undefined || after === undefined || after.includes("…")) return undefined;
  return {
    title: `Write ${instead}`,
    edits: [
      { start: field.start, end: value.start, text: before },
      { start: value.end, end: value.end, text: after },
    ],
    isPreferred: true,
    isSafe: true,
  };
}
