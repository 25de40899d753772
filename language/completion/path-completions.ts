import type { Completions } from "#language/completion/completion-item.ts";
import { expectedValue } from "#language/semantics/expected-value.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Span } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** A text that names a file, at a place in it. */
export interface PathPlace {
  /** The folder whose entries can be written there, as a URI without `/` at the end. */
  readonly folder: string;
  /** The last part of the path; offsets in the text. */
  readonly replace: Span;
}

/** The path that is being written at an offset; undefined in all other texts. Paths never lead out of the folder. */
export function pathPlace(file: ProcedureFile, offset: number): PathPlace | undefined {
  const { index, base, path } = nodePathAt(file.tree, offset);
  const model = file.models[index];
  const text = path.at(-1);
  if (!model || text?.kind !== "StringExpression" || offset - base < text.content.start) return undefined;
  const reference = namedReferences(model).find(({ span }) => span.start === text.content.start);
  const kind = reference?.kind ?? expectedValue(file, model, path)?.entry?.refersTo;
  const start = base + text.content.start;
  const written = file.text.slice(start, offset);
  const isPath = kind === "path" || (kind === "toolSource" && /^\.\.?\//.test(written));
  const leavesFolder = /^[/~]|\\|(?:^|\/)\.\.(?:\/|$)/.test(written);
  if (!isPath || leavesFolder || !written.isWellFormed()) return undefined;
  const slash = written.lastIndexOf("/");
  const parts = written
    .slice(0, Math.max(0, slash))
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const folder = [file.uri.slice(0, file.uri.lastIndexOf("/")), ...parts.map(encodeURIComponent)].join("/");
  return { folder, replace: { start: start + slash + 1, end: base + text.content.end } };
}

/** The entries of a folder, folders with a `/` behind, as suggestions. */
export function pathCompletions({ replace }: PathPlace, entries: readonly string[]): Completions {
  const items = entries
    .filter((name) => !name.startsWith("."))
    .map((name) => {
      const isFolder = name.endsWith("/");
      return {
        label: name,
        kind: isFolder ? ("folder" as const) : ("file" as const),
        rank: isFolder ? 2 : 1,
      };
    });
  return { items, replace, within: "text" };
}
