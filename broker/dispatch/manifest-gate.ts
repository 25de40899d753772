import { fail, type Result } from "#common/result.ts";
import { workspacePath } from "#common/workspace-path.ts";
import type { RunEventBody, ToolZone } from "#protocol/events/events.ts";
import {
  dynamicTarget,
  type ManifestCapability,
  type ManifestEntry,
} from "#protocol/reports/manifest-report.ts";
import type { RequestParams } from "#protocol/wire/requests.ts";
import type { Refusal } from "../services.ts";
import type { RecordedCall } from "./request-method.ts";

/** What the code of a run may use, as its manifest lists it; asked for when the run first reaches out. */
export type ListedCapabilities = () => Promise<readonly ManifestEntry[]>;

/** What one request reaches. */
interface Reached {
  readonly capability: ManifestCapability;
  /** For people. */
  readonly what: string;
  readonly isListedAs: (target: string) => boolean;
}

/** Methods that reach out of the sandbox; the others read source text, the journal, or what the host says of a run. */
export type GuardedMethod = keyof typeof reaches;

export type Serve<Method extends GuardedMethod> = (
  params: RequestParams<Method>,
  signal: AbortSignal,
  call: RecordedCall,
) => Promise<Result<unknown, Refusal>>;

/** Refuses what the manifest of a run does not list: the code that was looked at never asks for it. */
export class ManifestGate {
  readonly #listed: ListedCapabilities;
  readonly #emit: (event: RunEventBody) => void;

  constructor(listed: ListedCapabilities, emit: (event: RunEventBody) => void) {
    this.#listed = listed;
    this.#emit = emit;
  }

  /** The service of a method, behind the gate. */
  guard<Method extends GuardedMethod>(method: Method, serve: Serve<Method>): Serve<Method> {
    const reachedBy = reaches[method] as (params: RequestParams<Method>) => readonly Reached[];
    return async (params, signal, call) => {
      const listed = await this.#listed();
      signal.throwIfAborted();
      const stranger = reachedBy(params).find((reached) => !isListed(listed, reached));
      return stranger ? this.#deny(stranger) : serve(params, signal, call);
    };
  }

  #deny({ capability, what }: Reached): Result<never, Refusal> {
    const reason = `The manifest of this run does not list ${what} (${capability}): nothing in the files that were looked at asks for it.`;
    this.#emit({ type: "tool.denied", tool: what, zone: zoneOf(capability), reason });
    return fail({ code: capability.startsWith("file.") ? "file-denied" : "tool-denied", message: reason });
  }
}

function zoneOf(capability: ManifestCapability): ToolZone {
  return capability === "tool.mcp" ? "mcp" : "host";
}

function isListed(listed: readonly ManifestEntry[], { capability, isListedAs }: Reached): boolean {
  return listed.some(
    (entry) =>
      entry.capability === capability && (entry.target === dynamicTarget || isListedAs(entry.target)),
  );
}

/** What the requests of each method reach. */
const reaches = {
  "model.generate": ({ provider, model, webSearch }: RequestParams<"model.generate">) => [
    named("model", `${provider}/${model}`),
    ...(webSearch ? sitesOf(webSearch.allowedDomains) : []),
  ],
  "host.call": ({ tool }: RequestParams<"host.call">) => [named("tool.host", tool)],
  "host.describe": ({ tool }: RequestParams<"host.describe">) => [named("tool.host", tool)],
  "mcp.list": ({ server }: RequestParams<"mcp.list">) => [ofServer(server)],
  "mcp.call": ({ server, tool }: RequestParams<"mcp.call">) => [ofServer(server, tool)],
  "human.ask": ({ kind }: RequestParams<"human.ask">) => [named("human", kind)],
  "file.read": file("file.read"),
  "file.readBytes": file("file.read"),
  "file.status": file("file.read"),
  "file.list": file("file.read"),
  "file.write": file("file.write"),
  "file.writeBytes": file("file.write"),
} as const;

function named(capability: ManifestCapability, name: string): Reached {
  return { capability, what: name, isListedAs: (target) => target === name };
}

/** Each site that a search is bound to; without such a bound only a listing of the whole web holds. */
function sitesOf(domains: readonly string[]): readonly Reached[] {
  if (domains.length === 0)
    return [{ capability: "network", what: "the whole web", isListedAs: () => false }];
  return domains.map((domain) => named("network", domain));
}

/** A tool of a server; without one whatever tells that the server is used. */
function ofServer(server: string, tool?: string): Reached {
  const own =
    tool === undefined ? undefined : [`${server}.${tool}`, `${server}.${withoutPrefix(tool, server)}`];
  return {
    capability: "tool.mcp",
    what: tool === undefined ? server : `${server}_${tool}`,
    isListedAs: (target) =>
      target === server || (own ? own.includes(target) : target.startsWith(`${server}.`)),
  };
}

function withoutPrefix(tool: string, server: string): string {
  return tool.startsWith(`${server}_`) ? tool.slice(server.length + 1) : tool;
}

/** A path of the workspace: listed itself, or below a folder that is listed as `folder/**`. */
function file(
  capability: "file.read" | "file.write",
): (params: { readonly path: string }) => readonly Reached[] {
  return ({ path: given }) => {
    const path = workspacePath("", given);
    const isListedAs = (target: string): boolean => path !== undefined && covers(target, path);
    return [{ capability, what: given === "" ? "the folder of the workspace" : given, isListedAs }];
  };
}

function covers(target: string, path: string): boolean {
  if (target === path || target === "**") return true;
  if (!target.endsWith("/**")) return false;
  const folder = target.slice(0, -"/**".length);
  return path === folder || path.startsWith(`${folder}/`);
}
