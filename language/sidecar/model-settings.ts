import { valueAt } from "#language/sidecar/config-path.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { Setting } from "#language/sidecar/setting.ts";

/** Which models are used, and with whose keys and endpoints. */
export function* modelSettings(file: ConfigFile, trusted: boolean): Generator<Setting> {
  yield* defaultSettings(file);
  yield* keySettings(file);
  yield* providerSettings(file, trusted);
}

/** Free, since a procedure may name any provider and model itself. */
function* defaultSettings(file: ConfigFile): Generator<Setting> {
  const { default_provider: provider, default_model: model, default_toolsets: toolsets } = file;
  if (provider !== undefined) {
    yield free("default_provider", provider, (config) => ({ ...config, defaultProvider: provider }));
  }
  if (model !== undefined)
    yield free("default_model", model, (config) => ({ ...config, defaultModel: model }));
  if (toolsets !== undefined) {
    yield free("default_toolsets", toolsets.join(", "), (config) => ({
      ...config,
      defaultToolsets: toolsets,
    }));
  }
}

function free(key: string, target: string, apply: Setting["apply"]): Setting {
  return { path: [key], capability: "model", target, needs: "free", apply };
}

function* keySettings(file: ConfigFile): Generator<Setting> {
  for (const [variable, path] of keyPlaces) {
    const value = valueAt(file, path);
    if (typeof value !== "string") continue;
    yield {
      path,
      capability: "model",
      target: path.join("."),
      needs: "grant",
      apply: (config) => ({ ...config, secrets: { ...config.secrets, [variable]: value } }),
    };
  }
}

/** Where keys and accounts may stand, and the variable that usually holds each. */
const keyPlaces: ReadonlyArray<readonly [variable: string, path: readonly string[]]> = [
  ["OPENAI_API_KEY", ["openai_api_key"]],
  ["OPENAI_API_KEY", ["openai", "api_key"]],
  ["ANTHROPIC_API_KEY", ["anthropic_api_key"]],
  ["ANTHROPIC_API_KEY", ["anthropic", "api_key"]],
  ["GOOGLE_API_KEY", ["google_api_key"]],
  ["GOOGLE_API_KEY", ["gemini_api_key"]],
  ["GOOGLE_API_KEY", ["google", "api_key"]],
  ["AWS_ACCESS_KEY_ID", ["aws", "access_key_id"]],
  ["AWS_SECRET_ACCESS_KEY", ["aws", "secret_access_key"]],
  ["AWS_SESSION_TOKEN", ["aws", "session_token"]],
  ["AWS_REGION", ["aws", "default_region"]],
  ["AWS_PROFILE", ["aws", "profile"]],
];

function* providerSettings(file: ConfigFile, trusted: boolean): Generator<Setting> {
  for (const [name, provider] of Object.entries(file.providers ?? {})) {
    yield {
      path: ["providers", name],
      capability: "model",
      target: provider.base_url ? `${name} at ${provider.base_url}` : name,
      // A folder can't send the person's key to an address of its own.
      needs: provider.api_key_env === undefined ? "grant" : "trusted",
      apply: (config) => ({
        ...config,
        providers: { ...config.providers, [name]: { ...provider, trusted } },
      }),
    };
  }
}
