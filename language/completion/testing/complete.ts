import { type CompletionItem, type Completions, sortText } from "#language/completion/completion-item.ts";
import { completionsAt } from "#language/completion/completions-at.ts";
import type { ProjectOptions } from "#language/project/project.ts";
import { applied } from "#language/semantics/testing/applied.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

type Source = string | Readonly<Record<string, string>>;

/** What is suggested at `<|>`; nothing when there are no suggestions. */
export function complete(source: Source, options?: ProjectOptions): readonly CompletionItem[] {
  return completionsOf(source, options)?.items ?? [];
}

/** The labels of the suggestions, the best first, as an editor sorts them. */
export function labels(source: Source, options?: ProjectOptions): string[] {
  return complete(source, options)
    .toSorted((one, other) => (sortText(one) < sortText(other) ? -1 : 1))
    .map(({ label }) => label);
}

/** The text after a suggestion was chosen; `$0` and `$1` stay where they are. */
export function choose(source: Source, label: string): string {
  const { file } = markedProject(source);
  const found = completionsOf(source);
  const item = found?.items.find((each) => each.label === label);
  if (!found || !item) throw new Error(`"${label}" is not suggested.`);
  return applied(file.text, [{ ...found.replace, text: item.insert ?? item.label }, ...(item.edits ?? [])]);
}

function completionsOf(source: Source, options?: ProjectOptions): Completions | undefined {
  const { project, file, offset } = markedProject(source, options);
  return completionsAt(file, offset, project);
}
