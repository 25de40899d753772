import type { SourceLine } from "#common/text-position.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { ReadConfig } from "#language/sidecar/read-config.ts";
import { type ResolvedConfig, safeDefaults } from "#language/sidecar/resolved-config.ts";
import { secretVariable } from "#language/sidecar/secret-names.ts";
import type { Setting } from "#language/sidecar/setting.ts";
import { settingsOf } from "#language/sidecar/settings.ts";
import { expandVariables, findVariables, unsetMessage } from "#language/sidecar/variables.ts";

/** One config file in the order system, user, project, parents, local, sidecar. */
export interface ConfigLayer {
  readonly read: ReadConfig;
  /** The person's own config; everything that lies in a folder is not. */
  readonly trusted: boolean;
}

/** Something a folder's file asks for that it was not given. */
export interface Demand {
  readonly capability: string;
  readonly target: string;
  readonly origin: SourceLine;
}

/** One thing that a layer asks for, and whether it was given; in the order in which the layers are laid. */
export interface Decision {
  readonly setting: Setting;
  readonly layer: ConfigLayer;
  readonly isGiven: boolean;
}

/** What the layers come to. Any problem of severity `error` stops the start. */
export interface Resolution {
  readonly config: ResolvedConfig;
  readonly ungranted: readonly Demand[];
  readonly problems: readonly Diagnostic[];
  readonly decisions: readonly Decision[];
}

/** What the person decided outside the files. */
export interface ResolutionContext {
  /** `--yes`: what a folder asks for is given, within the ceilings. */
  readonly grantAll: boolean;
  /** Value of an environment variable for `${NAME}`. */
  readonly variable: (name: string) => string | undefined;
}

/**
 * Folds the layers into one config. A later layer wins, but a folder's file may only tighten: whatever widens is
 * left out and listed, unless it was granted; images and commands on the host are left out even so.
 */
export function resolveLayers(layers: readonly ConfigLayer[], context: ResolutionContext): Resolution {
  return layers.reduce<Resolution>((below, layer) => addLayer(below, layer, context), {
    config: safeDefaults,
    ungranted: [],
    problems: [],
    decisions: [],
  });
}

function addLayer(below: Resolution, layer: ConfigLayer, context: ResolutionContext): Resolution {
  const { read } = layer;
  const problems = [...below.problems, ...read.problems];
  if (!read.config) return { ...below, problems };
  const ungranted = [...below.ungranted];
  const decisions = [...below.decisions];
  let config = below.config;
  const { file, lineOf } = read;
  const origin = { file, lineOf, trusted: layer.trusted, below: below.config };
  for (const setting of settingsOf(readable(read.config, layer, context), origin)) {
    const isGiven =
      layer.trusted || setting.needs === "free" || (setting.needs === "grant" && context.grantAll);
    decisions.push({ setting, layer, isGiven });
    if (isGiven) config = setting.apply(config);
    else {
      const { capability, target, path } = setting;
      ungranted.push({ capability, target, origin: { file: read.file, line: read.lineOf(path) } });
    }
  }
  return { config, ungranted, problems: [...problems, ...unsetVariables(read, context)], decisions };
}

/** The file with `${NAME}` replaced where it may read the variable: a folder never reads one that holds a secret. */
function readable(file: ConfigFile, layer: ConfigLayer, context: ResolutionContext): ConfigFile {
  if (layer.trusted) return expandVariables(file, context.variable);
  if (!context.grantAll) return file;
  return expandVariables(file, (name) => (secretVariable.test(name) ? undefined : context.variable(name)));
}

function unsetVariables(read: ReadConfig, context: ResolutionContext): Diagnostic[] {
  return findVariables(read.config)
    .filter(({ name }) => context.variable(name) === undefined)
    .map((use) => ({
      file: read.file,
      range: read.keyRange(use.path),
      severity: "error",
      code: "config-variable-unset",
      source: "tactus",
      message: unsetMessage(use),
    }));
}
