import { isJsonObject, type JsonObject } from "#common/json.ts";
import { type Environment, knownSecretNames, type SecretSource, secretsFrom } from "./secret-source.ts";

/** Names a config may set beside the keys themselves: half of a pair of credentials, and where they are valid. */
const companions = ["AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION"];

/**
 * Secrets that a config holds, under the names of their variables: `openai_api_key` and `openai: {api_key}` are both
 * OPENAI_API_KEY. Other keys of the config are no secrets and are not offered.
 */
export function secretsFromConfig(config: JsonObject): SecretSource {
  return secretsFrom(namedValues(config));
}

function namedValues(config: JsonObject): Environment {
  const named: Record<string, string> = {};
  for (const name of [...knownSecretNames, ...companions]) {
    const value = lookUp(config, name.toLowerCase());
    if (value !== undefined) named[name] = value;
  }
  return named;
}

/** `a_b_c` as the key itself, or as `b_c` in the mapping `a`. */
function lookUp(config: JsonObject, key: string): string | undefined {
  const whole = config[key];
  if (typeof whole === "string") return whole;
  const cut = key.indexOf("_");
  const section = config[key.slice(0, cut)];
  const inner = isJsonObject(section) ? section[key.slice(cut + 1)] : undefined;
  return typeof inner === "string" ? inner : undefined;
}
