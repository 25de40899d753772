import type { Json } from "#common/json.ts";
import type { HostToolConfig, ProviderConfig } from "#language/sidecar/config-schema.ts";
import type { McpServerConfig } from "#language/sidecar/mcp-server-schema.ts";

/** What all config files together say, after trust was applied. */
export interface ResolvedConfig {
  readonly sandbox: {
    /** False = embedded isolation, because trusted config switched the container off. */
    readonly enabled: boolean;
    readonly image: string | undefined;
    readonly network: string;
    readonly containerRuntime: "default" | "runsc";
    readonly environment: Readonly<Record<string, string>>;
    readonly volumes: readonly PathDemand[];
    /** Folder with programs of MCP servers, and the file that names it; undefined: the usual one. */
    readonly serversPath: PathDemand | undefined;
    /** What `mount_current_dir` asks for: true = mount, false = an empty workspace, undefined = it is not mentioned. */
    readonly mountCurrentDir: boolean | undefined;
    readonly memoryBytes: number;
    readonly cpus: number;
    readonly timeSeconds: number;
  };
  /** What a run may spend; the broker keeps it. */
  readonly spending: {
    /** US dollars for models. */
    readonly cost: number;
    /** A config set the cost: then a model without a known price is refused, since its cost could not be counted. */
    readonly onlyPriced: boolean;
    readonly tokens: number;
    /** Requests to models. */
    readonly turns: number;
    readonly toolCalls: number;
  };
  /** What no grant gives to a folder. */
  readonly ceilings: Ceilings;
  readonly defaultProvider: string | undefined;
  readonly defaultModel: string | undefined;
  readonly defaultToolsets: readonly string[];
  readonly providers: Readonly<Record<string, ResolvedProvider>>;
  /** Keys and accounts of model providers under the names of their usual variables. Secret: never shown or sent in. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly hostTools: {
    readonly allow: readonly string[];
    readonly tools: Readonly<Record<string, ResolvedHostTool>>;
  };
  readonly mcpServers: Readonly<Record<string, ResolvedMcpServer>>;
  /** Files and folders with Python plugins. */
  readonly toolPaths: readonly PathDemand[];
  /** Values of the procedure's inputs for runs that give none. */
  readonly inputs: Readonly<Record<string, Json>>;
}

/** The most that a grant gives to a folder; what is absent is not bounded. */
export interface Ceilings {
  readonly limits: Readonly<Partial<Record<LimitName, number>>>;
  /** Capabilities that no folder is given. */
  readonly never: readonly string[];
}

/** Limits of a run that a config sets, in bytes, processors, seconds, dollars or pieces. */
export type LimitName = "memory" | "cpus" | "time" | "cost" | "tokens" | "turns" | "tool_calls";

/** An MCP server that is defined, not only named; where it lives, and the file that defines it. */
export type ResolvedMcpServer = McpServerConfig & {
  readonly placement: "sandbox" | "host";
  readonly file: string;
};

/** A provider; one that is not trusted (it came from a folder) never gets a key of the person. */
export type ResolvedProvider = ProviderConfig & { readonly trusted: boolean };

/** A command on the host, and the file that declares it: it runs in that file's folder. */
export type ResolvedHostTool = HostToolConfig & { readonly file: string };

/** A path or a volume as it was written, and the file whose folder a relative path starts from. */
export interface PathDemand {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  /** False when a folder's file asked for it and a grant gave it. */
  readonly trusted: boolean;
}

/** What holds when no config says anything: the safe defaults of docs/security.md. */
export const safeDefaults: ResolvedConfig = {
  sandbox: {
    enabled: true,
    image: undefined,
    network: "none",
    containerRuntime: "default",
    environment: {},
    volumes: [],
    serversPath: undefined,
    mountCurrentDir: undefined,
    memoryBytes: 2 * 1024 ** 3,
    cpus: 2,
    timeSeconds: 3600,
  },
  spending: { cost: 5, onlyPriced: false, tokens: 2_000_000, turns: 500, toolCalls: 10_000 },
  ceilings: { limits: {}, never: [] },
  defaultProvider: undefined,
  defaultModel: undefined,
  defaultToolsets: [],
  providers: {},
  secrets: {},
  hostTools: { allow: [], tools: {} },
  mcpServers: {},
  toolPaths: [],
  inputs: {},
};
