import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import { type ConfigPath, valueAt } from "#language/sidecar/located-yaml.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import { formatSize, parseSize } from "#language/sidecar/sizes.ts";

/**
 * One thing that a config file asks for, and how much trust it takes:
 * `free` = anybody may (it tightens, or only names what the procedure could name itself),
 * `grant` = from a folder it takes a grant, `trusted` = only the person's own config may, grant or not.
 */
export interface Setting {
  readonly path: ConfigPath;
  readonly capability: string;
  readonly target: string;
  readonly needs: "free" | "grant" | "trusted";
  readonly apply: (config: ResolvedConfig) => ResolvedConfig;
}

/** Where settings come from. */
export interface SettingContext {
  readonly file: string;
  readonly trusted: boolean;
  /** Line (from 1) of the key at a path. */
  readonly lineOf: (path: ConfigPath) => number;
  /** What the layers below decided. */
  readonly below: ResolvedConfig;
}

/** What a file asks for, measured against what the layers below it decided. */
export function settingsOf(file: ConfigFile, context: SettingContext): Setting[] {
  return [
    ...sandboxSettings(file.sandbox ?? {}),
    ...volumeSettings(file.sandbox ?? {}, context),
    ...limitSettings(file.sandbox ?? {}, context.below),
    ...defaultSettings(file),
    ...keySettings(file),
    ...providerSettings(file, context.trusted),
    ...toolSettings(file, context.file),
  ].map(withholdVariables(file));
}

/** A value that still holds `${NAME}` was not expanded, since its file may not read that variable. */
function withholdVariables(file: ConfigFile): (setting: Setting) => Setting {
  return (setting) => {
    const value = valueAt(file, setting.path);
    return /\$\{[A-Za-z_]\w*\}/.test(JSON.stringify(value) ?? "")
      ? { ...setting, needs: "trusted" }
      : setting;
  };
}

type SandboxSection = NonNullable<ConfigFile["sandbox"]>;

function sandboxChange(change: Partial<ResolvedConfig["sandbox"]>): Setting["apply"] {
  return (config) => ({ ...config, sandbox: { ...config.sandbox, ...change } });
}

function* sandboxSettings(section: SandboxSection): Generator<Setting> {
  if (typeof section.enabled === "boolean") {
    yield {
      path: ["sandbox", "enabled"],
      capability: "isolation",
      target: section.enabled ? "docker" : "embedded",
      needs: section.enabled ? "free" : "grant",
      apply: sandboxChange({ enabled: section.enabled }),
    };
  }
  if (section.mount_current_dir !== undefined) {
    yield {
      path: ["sandbox", "mount_current_dir"],
      capability: "mount",
      target: ".",
      needs: section.mount_current_dir ? "grant" : "free",
      apply: sandboxChange({ mountCurrentDir: section.mount_current_dir }),
    };
  }
  if (section.network !== undefined) {
    yield {
      path: ["sandbox", "network"],
      capability: "network",
      target: section.network,
      needs: section.network === "none" ? "free" : "grant",
      apply: sandboxChange({ network: section.network }),
    };
  }
  if (section.image !== undefined) {
    yield {
      path: ["sandbox", "image"],
      capability: "image",
      target: section.image,
      needs: "trusted",
      apply: sandboxChange({ image: section.image }),
    };
  }
  yield* variableSettings(section);
}

function* variableSettings(section: SandboxSection): Generator<Setting> {
  for (const [name, value] of Object.entries(section.env ?? {})) {
    yield {
      path: ["sandbox", "env", name],
      capability: "env",
      target: name,
      needs: "grant",
      apply: (config) =>
        sandboxChange({ environment: { ...config.sandbox.environment, [name]: String(value) } })(config),
    };
  }
}

function* volumeSettings(
  section: SandboxSection,
  { file, trusted, lineOf }: SettingContext,
): Generator<Setting> {
  for (const [index, text] of (section.volumes ?? []).entries()) {
    const path = ["sandbox", "volumes", index];
    const demand = { text, file, line: lineOf(path), trusted };
    yield {
      path,
      capability: "mount",
      target: text,
      needs: "grant",
      apply: (config) => sandboxChange({ volumes: [...config.sandbox.volumes, demand] })(config),
    };
  }
}

function* limitSettings(section: SandboxSection, { sandbox }: ResolvedConfig): Generator<Setting> {
  const memoryBytes = parseSize(section.limits?.memory ?? "");
  if (memoryBytes !== undefined) {
    yield {
      path: ["sandbox", "limits", "memory"],
      capability: "limit",
      target: `memory ${formatSize(memoryBytes)}`,
      needs: memoryBytes <= sandbox.memoryBytes ? "free" : "grant",
      apply: sandboxChange({ memoryBytes }),
    };
  }
  if (section.limits?.cpus !== undefined) {
    const cpus = Number(section.limits.cpus);
    yield {
      path: ["sandbox", "limits", "cpus"],
      capability: "limit",
      target: `cpus ${cpus}`,
      needs: cpus <= sandbox.cpus ? "free" : "grant",
      apply: sandboxChange({ cpus }),
    };
  }
  if (section.timeout !== undefined) {
    yield {
      path: ["sandbox", "timeout"],
      capability: "limit",
      target: `time ${section.timeout}s`,
      needs: section.timeout <= sandbox.timeSeconds ? "free" : "grant",
      apply: sandboxChange({ timeSeconds: section.timeout }),
    };
  }
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

function* toolSettings(file: ConfigFile, name: string): Generator<Setting> {
  for (const [index, toolPath] of (file.tool_paths ?? []).entries()) {
    yield {
      path: ["tool_paths", index],
      capability: "tool.plugin",
      target: toolPath,
      needs: "grant",
      apply: (config) => ({ ...config, toolPaths: [...new Set([...config.toolPaths, toolPath])] }),
    };
  }
  for (const [name, server] of Object.entries(file.mcp_servers ?? {})) {
    yield {
      path: ["mcp_servers", name],
      capability: "tool.mcp",
      target: name,
      needs: "grant",
      apply: (config) => ({ ...config, mcpServers: { ...config.mcpServers, [name]: server } }),
    };
  }
  yield* hostToolSettings(file, name);
}

function* hostToolSettings({ host_tools: section }: ConfigFile, file: string): Generator<Setting> {
  for (const [index, name] of (section?.allow ?? []).entries()) {
    yield {
      path: ["host_tools", "allow", index],
      capability: "tool.host",
      target: name,
      needs: "grant",
      apply: (config) => ({
        ...config,
        hostTools: { ...config.hostTools, allow: [...new Set([...config.hostTools.allow, name])] },
      }),
    };
  }
  for (const [name, tool] of Object.entries(section?.tools ?? {})) {
    yield {
      path: ["host_tools", "tools", name],
      capability: "command",
      target: tool.command.join(" "),
      needs: "trusted",
      apply: (config) => ({
        ...config,
        hostTools: { ...config.hostTools, tools: { ...config.hostTools.tools, [name]: { ...tool, file } } },
      }),
    };
  }
}
