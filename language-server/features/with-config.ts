import type { ConfigAnswers } from "../config-answers.ts";
import type { ConfigContext, DocumentFeature } from "../feature.ts";

/** A request that is answered for sidecars and configs as well, by the function of that name. */
export function withConfig<Asked extends { readonly textDocument: { readonly uri: string } }, Answer>(
  feature: DocumentFeature<Asked, Answer>,
  name: keyof ConfigAnswers,
): DocumentFeature<Asked, unknown> {
  return {
    ...feature,
    config: async (context: ConfigContext, params: Asked) => {
      const { configAnswers } = await import("../config-answers.ts");
      // Each name has the parameters of its own method; the table of features pairs them.
      return configAnswers[name](context, params as never);
    },
  };
}
