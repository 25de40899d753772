import { fail } from "#common/result.ts";
import type { ModelService } from "../services.ts";

/** A model service for some provider names only, as `composeModels` takes it. */
export interface ModelSource {
  readonly providers: readonly string[];
  readonly service: ModelService;
}

/**
 * One service out of several, chosen by the name of the provider; the first source that has the name serves it. So
 * the editor's own models (`vscode`, `copilot`) stand beside those with a key: a source is any `generate` function.
 */
export function composeModels(sources: readonly ModelSource[]): ModelService {
  const byName = new Map(
    sources
      .toReversed()
      .flatMap(({ providers, service }) => providers.map((name) => [name, service] as const)),
  );
  return {
    async generate(params, context) {
      const service = byName.get(params.provider);
      return service
        ? service.generate(params, context)
        : fail(unknownProvider(params.provider, [...byName.keys()]));
    },
    priceOf: (provider, model) => byName.get(provider)?.priceOf?.(provider, model),
  };
}

/** The refusal of a provider that nobody serves. */
export function unknownProvider(name: string, known: readonly string[]): { code: string; message: string } {
  const list = [...known].sort().join(", ");
  return {
    code: "model-provider-unknown",
    message: `There is no model provider '${name.slice(0, 80)}'. Known here: ${list}. Others can be added to the config.`,
  };
}
