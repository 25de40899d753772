import { effectiveConfig } from "#language/sidecar/effective-config.ts";
import { effectiveConfigText } from "#language/sidecar/effective-config-text.ts";
import type { ResolutionContext } from "#language/sidecar/layers.ts";
import { readDocument } from "#language/sidecar/read-config.ts";
import type {
  EffectiveConfig,
  EffectiveConfigAnswer,
  GrantedValue,
} from "#protocol/editor/effective-config.ts";
import type { YamlContext, YamlLayer } from "./yaml-context.ts";

type LayeredContext = Pick<YamlContext, "layers" | "variable">;

const known = new WeakMap<readonly YamlLayer[], EffectiveConfig>();

/** What the layers come to for a run without a grant; computed once for each list of layers. */
export function yamlEffectiveConfig({ layers = [], variable }: LayeredContext): EffectiveConfig {
  const earlier = known.get(layers);
  if (earlier) return earlier;
  const effective = layeredConfig(layers, variable, []);
  known.set(layers, effective);
  return effective;
}

function layeredConfig(
  layers: readonly YamlLayer[],
  variable: LayeredContext["variable"],
  granted: readonly GrantedValue[],
): EffectiveConfig {
  const isGranted: ResolutionContext["isGranted"] = ({ path }, { read }) =>
    granted.some((value) => value.file === read.file && value.path.join("\0") === path.join("\0"));
  return effectiveConfig(
    layers.map(({ document, name, kind, isOwn }) => ({
      read: readDocument(document, name, kind),
      trusted: isOwn,
    })),
    // Without an environment to ask, no variable counts as missing.
    { isGranted, variable: variable ?? ((name) => `\${${name}}`) },
  );
}

/** Answers `tactus/effectiveConfig`; `title` names the file that it is about. */
export function answerEffectiveConfig(
  { layers = [], variable }: LayeredContext,
  title: string,
  granted: readonly GrantedValue[] = [],
): EffectiveConfigAnswer {
  const config = layeredConfig(layers, variable, granted);
  return { config, text: effectiveConfigText(config, `Effective configuration of ${title}`) };
}
