/**
 * Where a secret comes from: the environment, a config file of the person, the editor's secret storage. Asynchronous,
 * because keychains are. Names are those of the usual environment variables (`OPENAI_API_KEY`).
 */
export interface SecretSource {
  get(name: string): Promise<string | undefined>;
}

/** Variables with a process environment's shape. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Secrets from given values: a process environment, or what a config file says. Empty text counts as absent. */
export function secretsFrom(values: Environment): SecretSource {
  return {
    get: async (name) => (Object.hasOwn(values, name) && values[name] ? values[name] : undefined),
  };
}

/** Asks one source after the other; the first that knows the name answers. */
export function firstOf(sources: readonly SecretSource[]): SecretSource {
  return {
    async get(name) {
      for (const source of sources) {
        const value = await source.get(name);
        if (value) return value;
      }
      return undefined;
    },
  };
}

/** Every secret that the built-in providers read; what a redactor should know before a run starts. */
const knownSecretNames: readonly string[] = [
  "OPENAI_API_KEY",
  "ANTHROPIC_API_KEY",
  "GOOGLE_API_KEY",
  "GEMINI_API_KEY",
  "GOOGLE_GENERATIVE_AI_API_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_BEARER_TOKEN_BEDROCK",
];

/** The values of the known secrets that a source has. */
export async function readKnownSecrets(source: SecretSource): Promise<string[]> {
  const values = await Promise.all(knownSecretNames.map((name) => source.get(name)));
  return values.filter((value) => value !== undefined);
}
