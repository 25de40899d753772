import { fail, ok, type Result } from "#common/result.ts";
import type { GenerateAnswer, GenerateParams } from "#protocol/wire/requests.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { ModelService, Refusal } from "../services.ts";
import { unknownProvider } from "./compose-models.ts";
import { describeFailure } from "./describe-failure.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { ModelFailure, modelFailureIn } from "./model-failure.ts";
import { modelStep, type StepAnswer } from "./model-step.ts";
import { costOf, priceOf } from "./prices.ts";
import { providerAdapters } from "./provider-adapters.ts";
import type { ProviderSettings, ProviderTable } from "./provider-settings.ts";
import { Watchdog } from "./watchdog.ts";

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

type GenerateContext = Parameters<ModelService["generate"]>[1];

/** Models of the providers in the table. Nothing of any provider is loaded before its first request. */
export function createModelService(options: ModelServiceOptions): ModelService {
  const { providers, redactor } = options;
  for (const { headers } of Object.values(providers)) learnHeaders(redactor, headers);
  return {
    async generate(params, context) {
      const settings = Object.hasOwn(providers, params.provider) ? providers[params.provider] : undefined;
      if (!settings) return fail(unknownProvider(params.provider, Object.keys(providers)));
      return generate({ options, settings, params, context });
    },
    priceOf: (provider, model) =>
      Object.hasOwn(providers, provider) ? priceOf(model, providers[provider]?.prices) : undefined,
  };
}

interface Generation {
  readonly options: ModelServiceOptions;
  readonly settings: ProviderSettings;
  readonly params: GenerateParams;
  readonly context: GenerateContext;
}

async function generate(generation: Generation): Promise<Result<GenerateAnswer, Refusal>> {
  const { options, settings, params, context } = generation;
  const watchdog = new Watchdog({
    signal: context.signal,
    stallSeconds: options.stallSeconds ?? 120,
    timeoutSeconds: params.settings.timeoutSeconds ?? options.timeoutSeconds ?? 600,
  });
  const ai = await loadAi();
  try {
    const answer = await attempt(generation, ai, watchdog);
    const cost = costOf(params.model, answer.usage, settings.prices);
    return ok(cost === undefined ? answer : { ...answer, cost });
  } catch (error) {
    const cause = watchdog.signal.aborted ? watchdog.signal.reason : error;
    const { keyNames } = settings;
    return fail(describeFailure(cause, { ...params, keyNames, redactor: options.redactor }, ai));
  } finally {
    watchdog.dispose();
  }
}

/**
 * A connection that is cut in mid-answer is no case for the package's own retries. The request is sent once more, but
 * only as long as nobody has seen a part of the first answer.
 */
async function attempt(
  { options, settings, params, context }: Generation,
  ai: typeof import("ai"),
  watchdog: Watchdog,
): Promise<StepAnswer> {
  const adapter = providerAdapters[settings.kind];
  if (params.webSearch && !adapter.webSearch) {
    throw new ModelFailure("web-search-unavailable", "this provider does not search the web here.");
  }
  const providerTools = params.webSearch && (await adapter.webSearch?.(params.webSearch));
  const model = await adapter.connect({
    settings,
    model: params.model,
    secret: (name) => readSecret(settings, options.redactor, name),
    fetch: guardedFetch(watchdog),
  });
  let shown = false;
  const step = () =>
    modelStep({
      ai,
      model,
      params,
      providerTools,
      providerOptions: adapter.options(params.settings, params.outputSchema),
      maximumRetries: options.maximumRetries ?? 2,
      signal: watchdog.signal,
      idempotencyKey: context.idempotencyKey,
      onText(text) {
        if (params.settings.streaming === false) return;
        shown = true;
        context.onDelta(text);
      },
    });
  try {
    return await step();
  } catch (error) {
    if (shown || watchdog.signal.aborted || !modelFailureIn(error)?.transient) throw error;
    return await step();
  }
}

/** Headers of a config can hold a key of their own. */
function learnHeaders(redactor: Redactor, headers: ProviderSettings["headers"] = {}): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/auth|key|token|secret|cookie/i.test(name)) redactor.add(value.replace(/^bearer /i, ""));
  }
}

async function readSecret(
  settings: ProviderSettings,
  redactor: Redactor,
  name: string,
): Promise<string | undefined> {
  const value = await settings.secrets.get(name);
  if (value !== undefined) redactor.add(value);
  return value;
}

async function loadAi(): Promise<typeof import("ai")> {
  // Its warnings go to the console, which belongs to the command line's own output.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return import("ai");
}
