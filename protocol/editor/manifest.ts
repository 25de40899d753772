import type { GrantedValue } from "./effective-config.ts";

/** Request of the editor to the language server: what a procedure may touch, in plain sentences. */
export const manifestMethod = "tactus/manifest";

export interface ManifestParams {
  /** A procedure, or its sidecar. */
  readonly uri: string;
  /** What the person granted of its config; absent where nobody knows: then folders are given nothing. */
  readonly granted?: readonly GrantedValue[];
}

export interface ManifestAnswer {
  /** Relative to the workspace folder. */
  readonly file: string;
  /** In one line: `2 models · 3 tools · asks people`. */
  readonly summary: string;
  readonly sections: ReadonlyArray<{
    readonly title: string;
    readonly sentences: readonly ManifestLine[];
  }>;
}

/** One sentence, foreign text, and where it stands; the line counts from 1. */
export interface ManifestLine {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  /** Absent for a file that the editor does not know. */
  readonly uri?: string;
  /** False: a folder's file asks for it, and nobody granted it. */
  readonly granted?: boolean;
  /** Only a run can know what it is. */
  readonly isDynamic: boolean;
}
