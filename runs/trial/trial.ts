import type { BrokerServices, ModelService } from "#broker/services.ts";
import { fail } from "#common/result.ts";
import { type ResolvedConfig, safeDefaults } from "#language/sidecar/resolved-config.ts";
import type { FileTree } from "#sandbox/workspace/file-tree.ts";

/**
 * A run of files that nobody has come to trust: a change under review. They are read where they were recorded and are
 * never on the disk; whatever anybody's config gives beyond the safe defaults, the person's own included, is not given.
 */
export interface Trial {
  readonly files: FileTree;
  /** The most that models may cost, in US dollars; absent: no model is asked, mocks answer. */
  readonly spend?: number | undefined;
}

/**
 * The config of a trial: of what people wrote only limits, values of inputs, and the person's providers where models may
 * be asked. No network, mount, variable, program, plugin, host tool or image of anybody.
 */
export function trialConfig(config: ResolvedConfig, { spend }: Trial): ResolvedConfig {
  const { memoryBytes, cpus, timeSeconds, mountCurrentDir, containerRuntime } = config.sandbox;
  const sandbox = { memoryBytes, cpus, timeSeconds, mountCurrentDir, containerRuntime };
  const { defaultProvider, defaultModel, inputs, spending } = config;
  return {
    ...safeDefaults,
    sandbox: { ...safeDefaults.sandbox, ...sandbox },
    defaultProvider,
    defaultModel,
    inputs,
    spending,
    ...(spend !== undefined && brokered(config, spend)),
  };
}

/** A model without a known price could not be held against the sum. */
function brokered({ providers, secrets, spending }: ResolvedConfig, spend: number): Partial<ResolvedConfig> {
  const cost = Math.min(spending.cost, spend);
  return { providers, secrets, spending: { ...spending, cost, onlyPriced: true } };
}

/** What the broker does for a trial: a mocked one asks no model, whatever its sandbox sends. */
export function trialServices(services: BrokerServices, { spend }: Trial): BrokerServices {
  return spend === undefined ? { ...services, models: noModels } : services;
}

const noModels: ModelService = {
  generate: async () =>
    fail({ code: "model-denied", message: "Models are mocked in this trial run; none is asked." }),
};
