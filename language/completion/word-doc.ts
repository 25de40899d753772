import { entryText } from "#language/semantics/entry-text.ts";
import type { Type } from "#language/semantics/types.ts";

/** What is known of a word of the language. */
export interface WordDoc {
  readonly doc?: string;
  readonly deprecated: boolean;
}

const known = new Map<string, WordDoc>();

/** Documentation of a word of the language, in Markdown; made once, since words never change. */
export function wordDoc(name: string, type: Type): WordDoc {
  const found = known.get(name);
  if (found) return found;
  const entry = type.kind === "function" ? type.entry : undefined;
  const doc = entry ? entryText(entry) : "doc" in type ? type.doc : undefined;
  const made = { deprecated: entry?.deprecated !== undefined, ...(doc !== undefined && { doc }) };
  known.set(name, made);
  return made;
}
