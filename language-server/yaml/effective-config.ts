import { effectiveConfig } from "#language/sidecar/effective-config.ts";
import { effectiveConfigText } from "#language/sidecar/effective-config-text.ts";
import { readDocument } from "#language/sidecar/read-config.ts";
import type { EffectiveConfig, EffectiveConfigAnswer } from "#protocol/editor/effective-config.ts";
import type { YamlContext, YamlLayer } from "./yaml-context.ts";

type LayeredContext = Pick<YamlContext, "layers" | "variable">;

const known = new WeakMap<readonly YamlLayer[], EffectiveConfig>();

/** What the layers come to for a run without a grant; computed once for each list of layers. */
export function yamlEffectiveConfig({ layers = [], variable }: LayeredContext): EffectiveConfig {
  const earlier = known.get(layers);
  if (earlier) return earlier;
  const effective = effectiveConfig(
    layers.map(({ document, name, kind, isOwn }) => ({
      read: readDocument(document, name, kind),
      trusted: isOwn,
    })),
    // Without an environment to ask, no variable counts as missing.
    { isGranted: () => false, variable: variable ?? ((name) => `\${${name}}`) },
  );
  known.set(layers, effective);
  return effective;
}

/** Answers `tactus/effectiveConfig`; `title` names the file that it is about. */
export function answerEffectiveConfig(context: LayeredContext, title: string): EffectiveConfigAnswer {
  const config = yamlEffectiveConfig(context);
  return { config, text: effectiveConfigText(config, `Effective configuration of ${title}`) };
}
