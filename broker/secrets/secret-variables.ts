import type { Redactor } from "./redactor.ts";
import type { SecretSource } from "./secret-source.ts";

/** Variables that host tools name: the only way from a name to a value. */
export interface SecretVariables {
  /** The values of those that are set. */
  read(names: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** The same, and all of them are redacted from then on, whatever they are called. */
  readSecrets(names: readonly string[]): Promise<Readonly<Record<string, string>>>;
}

/** Reads variables from a source. What the name shows to be a secret is redacted once it was read. */
export function secretVariables(
  source: SecretSource,
  redactor: Pick<Redactor, "add">,
  secretName: RegExp,
): SecretVariables {
  const read = async (names: readonly string[], isSecret: (name: string) => boolean) => {
    const entries = await Promise.all(names.map(async (name) => [name, await source.get(name)] as const));
    const set = entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    for (const [name, value] of set) if (isSecret(name)) redactor.add(value);
    return Object.fromEntries(set);
  };
  return {
    read: (names) => read(names, (name) => secretName.test(name)),
    readSecrets: (names) => read(names, () => true),
  };
}
