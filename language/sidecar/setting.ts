import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";

/**
 * One thing that a config file asks for, and how much trust it takes:
 * `free` = anybody may (it tightens, or only names what the procedure could name itself),
 * `grant` = from a folder it takes a grant, `trusted` = only the person's own config may, grant or not.
 */
export interface Setting {
  readonly path: ConfigPath;
  readonly capability: string;
  readonly target: string;
  readonly needs: "free" | "grant" | "trusted";
  readonly apply: (config: ResolvedConfig) => ResolvedConfig;
}

/** Where settings come from. */
export interface SettingContext {
  readonly file: string;
  readonly trusted: boolean;
  /** Line (from 1) of the key at a path. */
  readonly lineOf: (path: ConfigPath) => number;
  /** What the layers below decided. */
  readonly below: ResolvedConfig;
}
