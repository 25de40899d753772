import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ManifestGate } from "#broker/dispatch/manifest-gate.ts";
import type { Json, JsonObject } from "#common/json.ts";
import { ok } from "#common/result.ts";
import type { RunEventBody, RunEventOf } from "#protocol/events/events.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import { plannedCapabilities } from "#runs/session/plan-manifest.ts";
import { RequestRefused } from "#runtime/ports.ts";
import { type RunSourceOptions, runSource } from "#runtime/testing/run-source.ts";
import { scenariosOf } from "./scenario-run.ts";

/** Longest that one procedure may take, in milliseconds: some of them never end. */
const longestRun = 200;

/**
 * What a procedure used that its manifest does not list: run through the real runtime in this process, once with mocks and
 * once with models that call every tool that they are offered, and its scenarios with mocks.
 */
export async function usedBeyondManifest(workspaceRoot: string, file: string): Promise<UsedCapabilities> {
  const plan = await preparePlan({
    workspaceRoot,
    file: path.join(workspaceRoot, file),
    input: {},
    textInput: {},
    mock: true,
    grantAll: true,
    isolation: "embedded",
  });
  // What can't be started uses nothing.
  if (!plan.ok) return { beyond: [], uses: 0 };
  const listed = await plannedCapabilities(plan.value);
  const results = [runOnce(plan.value, true), runOnce(plan.value, false)];
  const events = [...results.flatMap((result) => result.events), ...scenarioEvents(plan.value)];
  const requests = results
    .flatMap((result) => result.requests)
    .filter(({ method }) => !/^(?:module|program|journal|cases|plugin|runs)\./.test(method));
  const called = events.filter(({ type }) => type === "tool.called");
  const beyond = [...(await deniedRequests(requests, listed)), ...strangeTools(events, listed)];
  return { beyond: [...new Set(beyond)], uses: requests.length + called.length };
}

interface UsedCapabilities {
  /** What was used and is not listed. */
  readonly beyond: readonly string[];
  /** How often anything was used. */
  readonly uses: number;
}

function optionsOf(plan: Plan): RunSourceOptions {
  const { file, modules, programs, config } = plan;
  const end = performance.now() + longestRun;
  const servers = Object.keys(config.mcpServers).map((name) => [name, { placement: "host" as const }]);
  return {
    file,
    modules,
    programs,
    ...(servers.length > 0 && { mcpServers: Object.fromEntries(servers) }),
    limits: { instructions: 20_000_000, luaMemoryBytes: 32 * 1024 * 1024, outputBytes: 1024 * 1024 },
    interruption: () => (performance.now() > end ? "time" : undefined),
    answers: answersFor(plan.request.workspaceRoot),
  };
}

function runOnce(plan: Plan, mock: boolean): ReturnType<typeof runSource> {
  return runSource(plan.source, { ...optionsOf(plan), mock });
}

/** A file without scenarios, or whose scenarios fail, is one that did less. */
function scenarioEvents(plan: Plan): readonly RunEventBody[] {
  try {
    return scenariosOf(plan.source, optionsOf(plan));
  } catch {
    // The file declares no scenarios, or can't be loaded at all.
    return [];
  }
}

type Answers = NonNullable<RunSourceOptions["answers"]>;

/** A host on which everything works. */
function answersFor(folder: string): Answers {
  const read = (given: JsonObject): string => {
    const file = path.join(folder, String(given["path"]));
    if (!existsSync(file)) throw new RequestRefused("file-not-found", "There is no such file.");
    return readFileSync(file, "utf8");
  };
  return {
    "model.generate": callingEveryTool,
    "host.call": () => ({ result: {} }),
    "host.describe": () => ({ description: "", parameters: { type: "object", properties: {} } }),
    "mcp.list": () => ({ revision: 1, tools: [{ name: "first", description: "", parameters: {} }] }),
    "mcp.call": () => ({ result: {} }),
    "human.ask": ({ kind, default: fallback }) => ({
      value: fallback ?? (kind === "approval" ? true : "yes"),
      by: "person",
    }),
    "file.read": (given) => ({ text: read(given) }),
    "file.readBytes": (given) => {
      const bytes = Buffer.from(read(given));
      return { base64: bytes.toString("base64"), size: bytes.length };
    },
    "file.write": () => ({ bytes: 0 }),
    "file.writeBytes": () => ({ bytes: 0 }),
    "file.status": (given) => ({ exists: existsSync(path.join(folder, String(given["path"]))), bytes: 0 }),
    "file.list": () => ({ entries: [{ name: "a.txt", directory: false }] }),
    "module.read": () => ({ module: null }),
    "program.read": () => ({ program: null }),
    "runs.await": () => ({ children: [] }),
  };
}

/** A model that calls each tool that it is offered once, then answers. */
function callingEveryTool({ messages, tools }: JsonObject): Json {
  const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
  const last = Array.isArray(messages) ? (messages.at(-1) as JsonObject | undefined) : undefined;
  const offered = Array.isArray(tools) && last?.["role"] !== "tool" ? (tools as readonly JsonObject[]) : [];
  const toolCalls = offered.map(({ name = "" }, index) => ({ id: `c${index}`, tool: name, arguments: {} }));
  return { text: "done", toolCalls, finishReason: "stop", usage };
}

/** Requests that the broker of a real run refuses, since the manifest lists nothing like them. */
async function deniedRequests(
  requests: readonly { readonly method: string; readonly params: JsonObject }[],
  listed: readonly ManifestEntry[],
): Promise<readonly string[]> {
  const denied: string[] = [];
  const gate = new ManifestGate(
    async () => listed,
    (event) => denied.push(JSON.stringify(event)),
  );
  const call = { number: 1, idempotencyKey: undefined };
  const { signal } = new AbortController();
  for (const { method, params } of requests) {
    await gate.guard(method as "file.read", async () => ok(true))(params as never, signal, call);
  }
  return denied;
}

/** Calls of tools that are not listed for whoever called them. */
function strangeTools(events: readonly RunEventBody[], listed: readonly ManifestEntry[]): readonly string[] {
  const agents = new Map<number, string>();
  const strange: string[] = [];
  for (const event of events) {
    if (event.type === "turn.started") agents.set(event.turn, event.agent);
    if (event.type !== "tool.called") continue;
    const agent = event.turn === undefined ? undefined : agents.get(event.turn);
    const known = listed.some((entry) => entry.agent === agent);
    const ofCaller = agent !== undefined && known ? listed.filter((entry) => entry.agent === agent) : listed;
    if (!ofCaller.some((entry) => isTool(entry, event)))
      strange.push(`${event.zone} ${event.tool} ${agent ?? ""}`);
  }
  return strange;
}

function isTool(
  { capability, target, name }: ManifestEntry,
  called: RunEventOf<"tool.called"> | Called,
): boolean {
  if (capability !== `tool.${called.zone}`) return false;
  if (target === "dynamic" || target === called.tool || name === called.tool) return true;
  const [server = "", tool] = target.split(".");
  return (
    called.zone === "mcp" &&
    (tool === undefined ? called.tool.startsWith(`${server}_`) : called.tool === `${server}_${tool}`)
  );
}

type Called = Pick<RunEventOf<"tool.called">, "zone" | "tool">;
