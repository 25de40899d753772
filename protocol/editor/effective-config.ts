import type { Json } from "#common/json.ts";

/** Request of the editor to the language server: what all config files together come to, at one file. */
export const effectiveConfigMethod = "tactus/effectiveConfig";

export interface EffectiveConfigParams {
  /** A procedure, a sidecar or a config; the answer is about what counts there. */
  readonly uri: string;
  /** What the person granted of it; absent where nobody knows: then folders are given nothing. */
  readonly granted?: readonly GrantedValue[];
}

/** A value that the person granted to exactly this content of a folder's file. */
export interface GrantedValue {
  /** Relative to the workspace folder. */
  readonly file: string;
  readonly path: ReadonlyArray<string | number>;
}

export interface EffectiveConfigAnswer {
  /** The merged configuration as YAML, each value with its origin as a comment. */
  readonly text: string;
  readonly config: EffectiveConfig;
}

/** The layered configuration after trust was applied; `sandbox doctor --json` has it as `config`. */
export interface EffectiveConfig {
  /** The files that count, the weakest first. */
  readonly files: readonly EffectiveFile[];
  /** Every value that holds, in the order of the documentation. */
  readonly values: readonly EffectiveValue[];
  /** What folders ask for and were not given. */
  readonly withheld: readonly WithheldValue[];
  /** With any of these nothing is started. */
  readonly problems: readonly ConfigProblem[];
}

interface EffectiveFile {
  readonly file: string;
  /** The person's own; false for what lies in a folder. */
  readonly trusted: boolean;
}

/** A place that a value comes from; the line counts from 1. */
export interface ConfigOrigin {
  readonly file: string;
  readonly line: number;
}

export interface EffectiveValue {
  /** Keys from the top, and places in lists as they are merged. */
  readonly path: ReadonlyArray<string | number>;
  /** Secrets are `(hidden)`. */
  readonly value: Json;
  /** Null for what holds because no file says otherwise. */
  readonly origin: ConfigOrigin | null;
  /** What weaker files say instead, the weakest first. */
  readonly overrides: ReadonlyArray<ConfigOrigin & { readonly value: Json }>;
}

export interface WithheldValue extends ConfigOrigin {
  readonly path: ReadonlyArray<string | number>;
  readonly value: Json;
  /** `grant`: for a run that is granted it; `never`: only a person's own config may ask for it. */
  readonly needs: "grant" | "never";
}

interface ConfigProblem extends ConfigOrigin {
  readonly code: string;
  readonly message: string;
}
