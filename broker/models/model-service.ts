import { fail } from "#common/result.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { ModelService } from "../services.ts";
import type { ProviderTable } from "./provider-settings.ts";

export interface ModelServiceOptions {
  readonly providers: ProviderTable;
  /** Learns every key before it is used. */
  readonly redactor: Redactor;
  /** Further attempts after 429, 5xx and connection failures; default 2. */
  readonly maximumRetries?: number;
  /** Seconds without a byte from the provider until a request counts as stalled; default 120. */
  readonly stallSeconds?: number;
  /** Seconds of one whole request with its retries, when the procedure sets none; default 600. */
  readonly timeoutSeconds?: number;
}

/** Models of the providers in the table. Nothing of any provider is loaded before its first request. */
export function createModelService(_options: ModelServiceOptions): ModelService {
  return { generate: async () => fail({ code: "model-failed", message: "not there yet" }) };
}
