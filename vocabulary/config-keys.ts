import type { ConfigKey } from "./config-key.ts";
import { ceilingConfigKeys } from "./config-keys-ceilings.ts";
import { modelConfigKeys } from "./config-keys-models.ts";
import { inputConfigKeys, sandboxConfigKeys } from "./config-keys-sandbox.ts";
import { spendingConfigKeys } from "./config-keys-spending.ts";
import { toolConfigKeys } from "./config-keys-tools.ts";
import { notEffectiveKeys } from "./config-keys-without-effect.ts";

/**
 * The keys of `.tactus/config.yml` and of `{procedure}.tac.yml`, one list for both; those about one procedure say so.
 * The schema that checks files is language/sidecar/config-schema.ts; a test holds the two together.
 */
export const configKeys: readonly ConfigKey[] = [
  ...sandboxConfigKeys,
  ...spendingConfigKeys,
  ...ceilingConfigKeys,
  ...inputConfigKeys,
  ...modelConfigKeys,
  ...toolConfigKeys,
  ...notEffectiveKeys,
];
