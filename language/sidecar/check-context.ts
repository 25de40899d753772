import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { FilePlace } from "#language/sidecar/host-path.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";

/** What a check knows beside the text. Whatever is left out is not checked. */
export interface CheckContext {
  /** The file as findings name it; its name also tells which of the two kinds it is. */
  readonly file: string;
  readonly kind?: ConfigKind;
  /** The person's own config (of the machine or the account); false for everything that lies in a folder. */
  readonly isOwn?: boolean;
  /** It is part of a change under review, or lies in a folder that is not trusted. */
  readonly untrusted?: boolean;
  readonly place?: FilePlace;
  /** The procedure beside a sidecar. */
  readonly procedure?: ProcedureFacts;
  /** The other config files that count for this one. */
  readonly others?: readonly ConfigFile[];
  /** Whether a path exists: absolute, or relative to the folder of `place`. Undefined when it can't be told. */
  readonly exists?: (path: string) => boolean | undefined;
  /** Value of an environment variable. */
  readonly variable?: (name: string) => string | undefined;
}
