import type { Json, JsonObject } from "#common/json.ts";
import { fileSettings } from "#vocabulary/settings.ts";

/** Names that a file may set by a call (`max_turns(5)`) or an assignment (`max_turns = 5`). */
export const settingNames: readonly string[] = fileSettings.map(({ name }) => name);

/** Settings of a file over those of the config. */
export class Settings {
  readonly #values = new Map<string, Json>();
  /** What `LM` chose for prompt modules. */
  languageModel: JsonObject | undefined;

  constructor(defaults: {
    readonly defaultProvider?: string | undefined;
    readonly defaultModel?: string | undefined;
  }) {
    if (defaults.defaultProvider !== undefined)
      this.#values.set("default_provider", defaults.defaultProvider);
    if (defaults.defaultModel !== undefined) this.#values.set("default_model", defaults.defaultModel);
  }

  set(name: string, value: Json): void {
    this.#values.set(name, value);
  }

  /** The setting `max_depth`, when it is a number. */
  get maximumDepth(): number | undefined {
    const depth = this.#values.get("max_depth");
    return typeof depth === "number" ? depth : undefined;
  }

  /** Provider, model and most turns for an agent that is declared now without its own. */
  agentDefaults(): { provider?: string; model?: string; maximumTurns?: number } {
    const provider = this.#values.get("default_provider");
    const model = this.#values.get("default_model");
    const maximumTurns = this.#values.get("max_turns");
    return {
      ...(typeof maximumTurns === "number" && maximumTurns >= 1 ? { maximumTurns } : {}),
      ...(typeof provider === "string" ? { provider } : {}),
      ...(typeof model === "string" ? { model } : {}),
    };
  }
}
