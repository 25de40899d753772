import type { SourceLine } from "#common/text-position.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { trustUnder } from "#language/sidecar/ceiling-settings.ts";
import { valueAt } from "#language/sidecar/config-path.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { ReadConfig } from "#language/sidecar/read-config.ts";
import { type ResolvedConfig, safeDefaults } from "#language/sidecar/resolved-config.ts";
import { secretVariable } from "#language/sidecar/secret-names.ts";
import type { Setting, Trust } from "#language/sidecar/setting.ts";
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
  /** The same as it stands in the file: its variables are not replaced. */
  readonly written: Setting;
  readonly layer: ConfigLayer;
  /** How much trust it takes here, under the person's ceilings. */
  readonly needs: Trust;
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
  /** Whether the person granted to a folder's file what takes a grant; `--yes` does to all of them. */
  readonly isGranted: (setting: Setting, layer: ConfigLayer) => boolean;
  /** Value of an environment variable for `${NAME}`. */
  readonly variable: (name: string) => string | undefined;
}

/**
 * Folds the layers into one config. A later layer wins, but a folder's file may only tighten: whatever widens is
 * left out and listed, unless it was granted; images, commands on the host and what goes beyond the person's ceilings
 * are left out even so.
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
  for (const { setting, written, needs } of wishesOf(read.config, layer, below.config, context)) {
    const isGiven =
      layer.trusted || needs === "free" || (needs === "grant" && context.isGranted(setting, layer));
    decisions.push({ setting, written, layer, needs, isGiven });
    if (isGiven) config = setting.apply(config);
    else {
      const { capability, target, path } = written;
      ungranted.push({ capability, target, origin: { file: read.file, line: read.lineOf(path) } });
    }
  }
  return { config, ungranted, problems: [...problems, ...unsetVariables(read, context)], decisions };
}

/** A setting with its variables replaced and as it stands in the file: what is not given must not show their values. */
interface Wish {
  readonly setting: Setting;
  readonly written: Setting;
  readonly needs: Trust;
}

/** What a layer asks for. Reading a variable of the person takes a grant; a folder never reads one that holds a secret. */
function* wishesOf(
  file: ConfigFile,
  layer: ConfigLayer,
  below: ResolvedConfig,
  { variable }: ResolutionContext,
): Generator<Wish> {
  const { trusted, read } = layer;
  const origin = { file: read.file, lineOf: read.lineOf, trusted, below };
  const hasVariables = findVariables(file).length > 0;
  const readable = trusted
    ? variable
    : (name: string) => (secretVariable.test(name) ? undefined : variable(name));
  const expanded = hasVariables ? expandVariables(file, readable) : file;
  const written = new Map(settingsOf(file, origin).map((setting) => [setting.path.join("\0"), setting]));
  for (const setting of settingsOf(expanded, origin)) {
    const asWritten = written.get(setting.path.join("\0")) ?? setting;
    const reads = hasVariables && findVariables(valueAt(file, setting.path)).length > 0;
    const asked = reads && setting.needs === "free" ? { ...setting, needs: "grant" as const } : setting;
    yield { setting, written: asWritten, needs: trustUnder(below.ceilings, asked) };
  }
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
