import type { EditorCommands } from "#broker/host-tools/editor-action.ts";
import { createHostTools } from "#broker/host-tools/host-tools.ts";
import type { HumanFrontEnd } from "#broker/humans/human-front-end.ts";
import { createHumans } from "#broker/humans/humans.ts";
import { createHostMcp } from "#broker/mcp/host-mcp.ts";
import { composeModels, type ModelSource } from "#broker/models/compose-models.ts";
import { knownProviders } from "#broker/models/known-providers.ts";
import { createModelService } from "#broker/models/model-service.ts";
import type { ProviderSettings, ProviderTable } from "#broker/models/provider-settings.ts";
import type { Redactor } from "#broker/secrets/redactor.ts";
import { type Environment, firstOf, type SecretSource, secretsFrom } from "#broker/secrets/secret-source.ts";
import { secretVariables } from "#broker/secrets/secret-variables.ts";
import type { BrokerServices, CaseService, DebugService, WorkspaceService } from "#broker/services.ts";
import type { ResolvedConfig, ResolvedProvider } from "#language/sidecar/resolved-config.ts";
import { secretVariable } from "#language/sidecar/secret-names.ts";
import type { CaseWork } from "#protocol/wire/cases.ts";
import { hostToolDeclarations } from "#runs/session/host-tool-declarations.ts";
import { hostServers } from "#runs/session/mcp-servers.ts";
import { type Surroundings, secretsOf } from "#runs/session/run-redactor.ts";
import type { Isolation } from "#sandbox/isolation.ts";

/** What a front end brings to a run beside the plan. */
export interface FrontEndServices extends Surroundings {
  /** Answers questions; without one nobody is there and defaults answer. */
  readonly humans?: HumanFrontEnd;
  /** Executes commands of the editor for host tools; only an editor has them. */
  readonly editor?: EditorCommands;
  /** Models of the front end itself, such as the editor's. */
  readonly extraModels?: readonly ModelSource[];
}

/** Makes a run one that works on the cases of its file's tests. */
export interface CaseServices extends CaseService {
  readonly work: CaseWork;
}

/** What a run needs from whoever starts it. */
export interface RunServices extends FrontEndServices {
  readonly cases?: CaseServices;
  /** Debugs the run (a `DebugLink`). */
  readonly debugger?: DebugService;
  /** The isolation that the plan names. */
  readonly isolation: Isolation;
}

/** The host's side of a run. */
export interface RunBroker {
  readonly services: BrokerServices;
  /** Ends what the services started; resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** The broker's services for a run. The redactor learns what they read later. */
export function createBrokerServices(
  config: ResolvedConfig,
  frontEnd: FrontEndServices,
  workspace: WorkspaceService,
  redactor: Redactor,
): RunBroker {
  const environment = frontEnd.environment ?? process.env;
  const secrets = secretsOf(config, frontEnd);
  const mcp = createHostMcp(hostServers(config), environment);
  const variables = secretVariables(firstOf([secrets, secretsFrom(environment)]), redactor, secretVariable);
  const providers = providerTable(config, secrets, { ...config.secrets, ...environment });
  const models = createModelService({ providers, redactor });
  const sources = [...(frontEnd.extraModels ?? []), { providers: Object.keys(providers), service: models }];
  return {
    close: () => mcp.close(),
    services: {
      mcp,
      models: composeModels(sources),
      hostTools: createHostTools({
        tools: hostToolDeclarations(config),
        allowed: config.hostTools.allow,
        variables,
        ...(frontEnd.editor && { editor: frontEnd.editor }),
      }),
      humans: createHumans({ frontEnd: frontEnd.humans, files: workspace }),
      workspace,
    },
  };
}

function providerTable(
  config: ResolvedConfig,
  secrets: SecretSource,
  environment: Environment,
): ProviderTable {
  const known = knownProviders({ secrets, environment });
  const configured = Object.entries(config.providers).map(([name, provider]) => [
    name,
    providerSettings(provider, known[provider.kind], secrets),
  ]);
  return { ...known, ...Object.fromEntries(configured) };
}

/**
 * The person's own providers use the usual key of their kind unless they name another. One that a folder brought gets
 * no key of the person: the endpoint and the key are of one trust.
 */
function providerSettings(
  provider: ResolvedProvider,
  known: ProviderSettings | undefined,
  secrets: SecretSource,
): ProviderSettings {
  const { trusted, kind, base_url: baseUrl, api_key_env: keyName, headers, prices } = provider;
  const usualKeys = trusted ? (known?.keyNames ?? []) : [];
  return {
    kind,
    secrets: trusted ? secrets : secretsFrom({}),
    keyNames: keyName === undefined ? usualKeys : [keyName],
    ...(known?.region !== undefined && { region: known.region }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(headers !== undefined && { headers }),
    ...(prices !== undefined && { prices }),
  };
}
