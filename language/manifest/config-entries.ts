import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { askedWords } from "#language/sidecar/asked-words.ts";
import { valueAt } from "#language/sidecar/config-path.ts";
import { hiddenValue } from "#language/sidecar/hidden-value.ts";
import type { Decision } from "#language/sidecar/layers.ts";
import {
  type ManifestCapability,
  type ManifestEntry,
  manifestCapability,
} from "#protocol/reports/manifest-report.ts";

/** One thing that a setting brings. */
interface Asked {
  readonly capability: ManifestCapability;
  readonly target: string;
  readonly detail: string;
  readonly value?: Json;
}

/** What a setting defines under a name that procedures use. */
interface Defined {
  readonly capability: ManifestCapability;
  readonly name: string;
  /** For people: `the MCP server`. */
  readonly kind: string;
}

/**
 * What config files and the sidecar ask for, whether it was given or not. Tools and providers of the person's own config
 * count only where the procedure may use them. Limits are listed by what they come to.
 */
export function configEntries(
  decisions: readonly Decision[],
  mayUse: (capability: ManifestCapability, name: string) => boolean,
): ManifestEntry[] {
  return decisions.flatMap((decision) => {
    const defined = definedBy(decision);
    const isOfNoUse = decision.layer.trusted && defined && !mayUse(defined.capability, defined.name);
    return isOfNoUse ? [] : askedBy(decision, defined).map((asked) => entryOf(decision, asked));
  });
}

function definedBy({ written }: Decision): Defined | undefined {
  const [section, second, third] = written.path;
  switch (section) {
    case "mcp_servers":
      return { capability: "tool.mcp", name: String(second), kind: "the MCP server" };
    case "providers":
      return { capability: "model", name: String(second), kind: "the provider" };
    case "tool_paths":
      return { capability: "tool.plugin", name: written.target, kind: "the plugins" };
    case "host_tools":
      return {
        capability: "tool.host",
        name: second === "tools" ? String(third) : written.target,
        kind: "the host tool",
      };
    default:
      return undefined;
  }
}

/** Settings whose effect is listed for the whole run, or that reach nothing themselves. */
const leftOut: ReadonlySet<string> = new Set(["limit", "ceiling", "input"]);

/** Names of agents' defaults reach nothing: the agents that they count for do. */
const defaultNames: ReadonlySet<string> = new Set(["default_model", "default_provider", "default_toolsets"]);

function askedBy({ written, layer }: Decision, defined: Defined | undefined): readonly Asked[] {
  const { path, capability, target } = written;
  if (leftOut.has(capability) || defaultNames.has(String(path[0]))) return [];
  const value = hiddenValue(path, valueAt(layer.read.config, path));
  const detail = askedWords({ path, capability, target, value });
  const own = { target: defined?.name ?? target, detail, value };
  const behind = defined && isJsonObject(value) ? reachedBy(value, `${defined.kind} ${defined.name}`) : [];
  return [{ capability: defined?.capability ?? capabilityOf(capability), ...own }, ...behind];
}

/** In which container, or in none, is a question of what a procedure runs in. */
function capabilityOf(capability: string): ManifestCapability {
  const known = manifestCapability.safeParse(capability);
  return known.success ? known.data : "image";
}

/** Programs, addresses and variables of a server, a provider or a host tool. */
function reachedBy(definition: JsonObject, what: string): readonly Asked[] {
  const { args, url, base_url: baseUrl, request, env, editor_command: editorCommand, module } = definition;
  const address = url ?? baseUrl ?? (isJsonObject(request) ? request["url"] : undefined);
  const code = commandLine(definition["command"], args) ?? editorCommand ?? module;
  return [
    ...(typeof code === "string" ? [started(code, what)] : []),
    ...(typeof address === "string" ? [connected(address, what)] : []),
    ...(isJsonObject(env) ? Object.keys(env).map((variable) => given(variable, what)) : []),
  ];
}

/** A server's program with its arguments, or a host tool's list of words. */
function commandLine(command: Json | undefined, args: Json | undefined): string | undefined {
  if (Array.isArray(command)) return command.map(String).join(" ");
  if (typeof command !== "string") return undefined;
  return [command, ...(Array.isArray(args) ? args.map(String) : [])].join(" ");
}

function started(target: string, what: string): Asked {
  return { capability: "command", target, detail: `starts a program for ${what}: ${target}` };
}

function connected(address: string, what: string): Asked {
  const target = URL.canParse(address) ? new URL(address).host : address;
  return { capability: "network", target, detail: `connects to ${address} for ${what}` };
}

function given(target: string, what: string): Asked {
  return { capability: "env", target, detail: `gives the variable ${target} to ${what}` };
}

function entryOf({ written, layer, isGiven }: Decision, asked: Asked): ManifestEntry {
  const { read, trusted } = layer;
  return {
    ...asked,
    trust: "trusted",
    origin: { file: read.file, line: read.lineOf(written.path) },
    ...(!trusted && { granted: isGiven }),
  };
}
