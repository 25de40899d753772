import type { Span } from "#language/syntax/tree.ts";

/** What keeps a text from being read as YAML; offsets as in the text it was found in. */
export interface YamlProblem extends Span {
  readonly message: string;
  readonly fixes?: readonly YamlFix[];
  /** Another place that explains it. */
  readonly related?: { readonly span: Span; readonly message: string };
}

/** Edits by offsets that make a finding go away. */
export interface YamlFix {
  readonly title: string;
  readonly edits: ReadonlyArray<Span & { readonly text: string }>;
  readonly isPreferred?: boolean;
  readonly isSafe?: boolean;
}

/** The same problem elsewhere in a text. */
export function movedProblem(problem: YamlProblem, by: number): YamlProblem {
  if (by === 0) return problem;
  const { fixes, related } = problem;
  return {
    ...problem,
    ...movedSpan(problem, by),
    ...(fixes && {
      fixes: fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ ...movedSpan(edit, by), text: edit.text })),
      })),
    }),
    ...(related && { related: { ...related, span: movedSpan(related.span, by) } }),
  };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
