import { bounded } from "#common/visible-text.ts";
import type { ProposedChange } from "#runs/session/run-changes.ts";

const longestText = 1024 * 1024;

/** Two texts to be compared, and what the comparison is called. */
export interface ShownDifference {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What a person looks at before they apply a change: what the run makes of the file and, when the file changed in the
 * folder meanwhile, what changed there.
 */
export function differencesOf(change: ProposedChange, name: string): readonly ShownDifference[] {
  const { base, current, proposed, conflicting, secret } = change;
  const after = textOf(proposed);
  if (secret) return [{ title: `${name} (by the run)`, before: "What is there looks like a secret.", after }];
  if (!conflicting || isBaseUnknown(change)) {
    return [{ title: `${name} (folder ↔ run)`, before: textOf(current), after }];
  }
  return [
    { title: `${name} (before the run ↔ changed meanwhile)`, before: textOf(base), after: textOf(current) },
    { title: `${name} (before the run ↔ run)`, before: textOf(base), after },
  ];
}

/** Why a change has to be confirmed by its name, in sentences. */
export function concernsOf({ conflicting, risk }: ProposedChange): string {
  const conflict = conflicting
    ? "The file changed in the folder since the run began; that would be lost."
    : "";
  return [risk?.message, conflict].filter(Boolean).join("\n");
}

/** No copy was kept of what the run began with: there is only the folder to compare with. */
function isBaseUnknown({ kind, base }: ProposedChange): boolean {
  return kind === "modified" && base === undefined;
}

function textOf(content: Uint8Array | undefined): string {
  if (!content) return "";
  try {
    return bounded(new TextDecoder("utf-8", { fatal: true }).decode(content), longestText);
  } catch {
    // No text: its size is what can be said of it.
    return `${content.length} bytes that are no text\n`;
  }
}
