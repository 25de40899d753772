import { ModelFailure } from "./model-failure.ts";
import type { ConnectOptions } from "./provider-adapter.ts";

/** The key of a provider; empty when its record names none. Throws ModelFailure `model-key-missing`. */
export async function providerKey({ settings, secret }: ConnectOptions): Promise<string> {
  const { keyNames } = settings;
  if (keyNames.length === 0) return "";
  for (const name of keyNames) {
    const value = await secret(name);
    if (value) return value;
  }
  throw keyMissing(keyNames);
}

/** Says which names would do, and nothing of what was found. */
export function keyMissing(names: readonly string[]): ModelFailure {
  const [first = "its key", ...others] = names;
  const also = others.length === 0 ? "" : ` (or ${others.join(", ")})`;
  return new ModelFailure(
    "model-key-missing",
    `there is no key. Set the environment variable ${first}${also}, or ${first.toLowerCase()} in your own config.`,
  );
}
