import { Redactor } from "#broker/secrets/redactor.ts";
import {
  type Environment,
  firstOf,
  readKnownSecrets,
  type SecretSource,
  secretsFrom,
} from "#broker/secrets/secret-source.ts";
import { placeholdersIn } from "#common/placeholders.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import { secretHeader, secretVariable } from "#language/sidecar/secret-names.ts";
import { serverSecrets } from "#runs/session/mcp-servers.ts";
import type { Plan } from "#runs/session/plan.ts";

/**
 * Shortest value of a variable that counts as a secret for its name alone: a shorter one may be a word, and the word
 * would vanish from every text.
 */
const shortestNamedSecret = 16;

/** What surrounds a run. */
export interface Surroundings {
  /** Where keys come from before the config is looked at; default: the environment. */
  readonly secrets?: SecretSource;
  /** Default: the environment of this process. */
  readonly environment?: Environment;
}

/** Where the keys of a run come from. */
export function secretsOf(config: ResolvedConfig, surroundings: Surroundings): SecretSource {
  const environment = surroundings.environment ?? process.env;
  return firstOf([surroundings.secrets ?? secretsFrom(environment), secretsFrom(config.secrets)]);
}

/** A redactor that knows every secret of a run, and those of this machine that are called one. */
export async function redactorOf(config: ResolvedConfig, surroundings: Surroundings): Promise<Redactor> {
  const environment = surroundings.environment ?? process.env;
  const secrets = secretsOf(config, surroundings);
  return new Redactor([
    ...(await readKnownSecrets(secrets)),
    ...Object.values(config.secrets),
    ...(await namedSecrets(config, secrets)),
    ...serverSecrets(config, environment),
    ...secretsOfMachine(environment),
  ]);
}

/** The plan without the secrets that somebody gave as input: neither the sandbox nor the journal gets them. */
export function withoutSecrets(plan: Plan, redactor: Redactor): Plan {
  const { config, request } = plan;
  return {
    ...plan,
    config: { ...config, inputs: redactor.value(config.inputs) },
    request: {
      ...request,
      input: redactor.value(request.input),
      textInput: redactor.value(request.textInput),
    },
  };
}

function secretsOfMachine(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value = ""]) =>
    value.length >= shortestNamedSecret && secretVariable.test(name) ? [value] : [],
  );
}

/** Secrets that only the config knows of: keys of its providers, headers of providers and of host tools. */
async function namedSecrets(config: ResolvedConfig, secrets: SecretSource): Promise<string[]> {
  const providers = Object.values(config.providers);
  const names = providers.flatMap((provider) => provider.api_key_env ?? []);
  const values = await Promise.all(names.map((name) => secrets.get(name)));
  const requests = Object.values(config.hostTools.tools).flatMap(({ request }) => request ?? []);
  const headers = [...providers, ...requests].flatMap(({ headers: own }) => Object.entries(own ?? {}));
  const headerValues = headers.flatMap(([name, value]) =>
    secretHeader.test(name) && placeholdersIn(value).length === 0 ? [value, value.replace(/^\w+ /, "")] : [],
  );
  return [...headerValues, ...values.filter((value) => value !== undefined)];
}
