import type { Finding, FindingFix } from "#language/diagnostics/rule.ts";
import type { Span } from "#language/syntax/tree.ts";
import { type DeprecatedForm, deprecatedForms, type FormMatch } from "#vocabulary/deprecated-forms.ts";

/** A form of one kind of match. */
export type Matching<Kind extends FormMatch["kind"]> = DeprecatedForm & {
  readonly match: Extract<FormMatch, { readonly kind: Kind }>;
};

/** The older forms that are found in the same way. */
export function formsOf<Kind extends FormMatch["kind"]>(kind: Kind): readonly Matching<Kind>[] {
  return deprecatedForms.filter((form): form is Matching<Kind> => form.match.kind === kind);
}

/** What to say of an older form; with edits when it can be rewritten. */
export function olderFormFinding(
  form: DeprecatedForm,
  { start, end }: Span,
  edits: FindingFix["edits"] | undefined,
): Finding {
  const title = /^[\w.]+$/.test(form.instead) ? `Replace with "${form.instead}"` : `Write ${form.instead}`;
  const message =
    form.match.kind === "word"
      ? `"${form.match.name}" is an older form: write "${form.instead}".`
      : `${form.doc} Write ${form.instead}.`;
  return {
    code: form.code,
    span: { start, end },
    message,
    ...(form.code === "deprecated-form" && { tags: ["deprecated"] }),
    ...(edits && { fixes: [{ title, edits, isPreferred: true, isSafe: true }] }),
  };
}
