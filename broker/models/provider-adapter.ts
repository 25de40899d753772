import type { streamText, ToolSet, wrapLanguageModel } from "ai";
import type { Json } from "#common/json.ts";
import type { GenerateParams } from "#protocol/wire/requests.ts";
import type { ProviderSettings } from "./provider-settings.ts";

/** A model of one of the `@ai-sdk` providers. */
export type ProviderModel = Parameters<typeof wrapLanguageModel>[0]["model"];

/** A tool that the provider runs itself. The packages type their own without the exactness that the type of tools asks for. */
export type ProviderTool = ToolSet[string];

/** Options that only one provider knows, under its name. */
export type ProviderOptions = NonNullable<Parameters<typeof streamText>[0]["providerOptions"]>;

export interface ConnectOptions {
  readonly settings: ProviderSettings;
  readonly model: string;
  /** Reads a secret of this provider's record. */
  readonly secret: (name: string) => Promise<string | undefined>;
  readonly fetch: typeof fetch;
}

/** What differs between the providers. Each loads its package when it is first connected. */
export interface ProviderAdapter {
  /**
   * Throws ModelFailure `model-key-missing`. Key and endpoint are always passed on, also when they are empty: the
   * packages would otherwise take them from the environment, past the provider's record.
   */
  connect(options: ConnectOptions): Promise<ProviderModel>;
  options(settings: GenerateParams["settings"], outputSchema: Json | undefined): ProviderOptions;
  /** The provider's own search of the web, as tools that it runs itself; absent: it has none here. */
  webSearch?(domains: NonNullable<GenerateParams["webSearch"]>): Promise<ToolSet>;
}
