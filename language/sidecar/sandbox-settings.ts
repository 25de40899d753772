import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import type { Setting, SettingContext } from "#language/sidecar/setting.ts";
import { formatSize, parseSize } from "#language/sidecar/sizes.ts";
import { mcpServersFolder } from "#protocol/wire/mcp.ts";

type SandboxSection = NonNullable<ConfigFile["sandbox"]>;

function sandboxChange(change: Partial<ResolvedConfig["sandbox"]>): Setting["apply"] {
  return (config) => ({ ...config, sandbox: { ...config.sandbox, ...change } });
}

/** What the section `sandbox` asks for: limits and switches tighten freely and widen with a grant. */
export function* sandboxSettings(section: SandboxSection, context: SettingContext): Generator<Setting> {
  yield* switchSettings(section);
  yield* containerRuntimeSetting(section, context.below);
  yield* variableSettings(section);
  yield* volumeSettings(section, context);
  yield* serversPathSetting(section, context);
  yield* limitSettings(section, context.below);
}

function* switchSettings(section: SandboxSection): Generator<Setting> {
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
}

/** A stronger wall may be asked for by anybody, and taken back by nobody but the person. */
function* containerRuntimeSetting(
  { container_runtime: containerRuntime }: SandboxSection,
  { sandbox }: ResolvedConfig,
): Generator<Setting> {
  if (containerRuntime === undefined) return;
  yield {
    path: ["sandbox", "container_runtime"],
    capability: "isolation",
    target: containerRuntime,
    needs: containerRuntime === "runsc" || sandbox.containerRuntime === "default" ? "free" : "trusted",
    apply: sandboxChange({ containerRuntime }),
  };
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

function* serversPathSetting(
  { mcp_servers_path: text }: SandboxSection,
  { file, lineOf, trusted }: SettingContext,
): Generator<Setting> {
  if (text === undefined) return;
  const path = ["sandbox", "mcp_servers_path"];
  yield {
    path,
    capability: "mount",
    target: `${text}:${mcpServersFolder}:ro`,
    needs: "grant",
    apply: sandboxChange({ serversPath: { text, file, line: lineOf(path), trusted } }),
  };
}

function* limitSettings(section: SandboxSection, { sandbox }: ResolvedConfig): Generator<Setting> {
  const memoryBytes = parseSize(section.limits?.memory ?? "");
  if (memoryBytes !== undefined) {
    yield {
      path: ["sandbox", "limits", "memory"],
      capability: "limit",
      target: `memory ${formatSize(memoryBytes)}`,
      needs: memoryBytes <= sandbox.memoryBytes ? "free" : "grant",
      amount: { limit: "memory", value: memoryBytes },
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
      amount: { limit: "cpus", value: cpus },
      apply: sandboxChange({ cpus }),
    };
  }
  if (section.timeout !== undefined) {
    yield {
      path: ["sandbox", "timeout"],
      capability: "limit",
      target: `time ${section.timeout}s`,
      needs: section.timeout <= sandbox.timeSeconds ? "free" : "grant",
      amount: { limit: "time", value: section.timeout },
      apply: sandboxChange({ timeSeconds: section.timeout }),
    };
  }
}
