import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { Span } from "#language/syntax/tree.ts";

/** What can be typed at a place of a document, which may be broken there. */
export interface CursorPlace {
  /** `key`: a key of the mapping at the path; `value`: the value at the path, or an item of the list there. */
  readonly role: "key" | "value";
  readonly path: ConfigPath;
  /** The word or the text around the cursor, without quotes. */
  readonly replace: Span;
  readonly isQuoted: boolean;
  /** In braces or brackets. */
  readonly isFlow: boolean;
  /** A colon stands behind the key already. */
  readonly hasColon: boolean;
  /** Keys of the mapping that stand elsewhere. */
  readonly taken: ReadonlySet<string>;
}

/** A place without what only the tree can tell. */
export type BarePlace = Omit<CursorPlace, "taken">;
