import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import { entriesAt, type RuleSubject } from "#language/sidecar/rules/config-rule.ts";
import { providers } from "#vocabulary/providers.ts";

/** The toolset of all plugin tools. */
export const defaultToolset = "plugin";

/** Host tools that are always there and always allowed. */
export const builtInHostTools: readonly string[] = ["host.ping", "host.echo"];

type Subject = Pick<RuleSubject, "document" | "context">;

/** Providers that a file may name: the built-in ones and those of all layers. */
export function knownProviders(subject: Subject): ReadonlySet<string> {
  return new Set([
    ...providers.map(({ name }) => name),
    ...names(subject, ["providers"], ({ providers: own }) => own),
  ]);
}

/** Toolsets that a file may name: MCP servers, the plugins, and what the procedure declares. */
export function knownToolsets(subject: Subject): ReadonlySet<string> {
  const { procedure } = subject.context;
  return new Set([
    defaultToolset,
    ...names(subject, ["mcp_servers"], ({ mcp_servers: servers }) => servers),
    ...(procedure?.toolsets ?? []),
    ...(procedure?.tools ?? []),
  ]);
}

/** Host tools that a file may allow: the built-in ones and the commands of all layers. */
export function knownHostTools(subject: Subject): ReadonlySet<string> {
  return new Set([
    ...builtInHostTools,
    ...names(subject, ["host_tools", "tools"], ({ host_tools: tools }) => tools?.tools),
  ]);
}

function names(
  { document, context }: Subject,
  path: readonly string[],
  of: (file: ConfigFile) => object | undefined,
): string[] {
  const here = entriesAt(document, path).map(({ name }) => name);
  return [...here, ...(context.others ?? []).flatMap((other) => Object.keys(of(other) ?? {}))];
}
