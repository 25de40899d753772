import type { At, RunEvent, RunEventOf } from "#protocol/events/events.ts";
import {
  dynamicTarget,
  type ManifestCapability,
  type ManifestEntry,
} from "#protocol/reports/manifest-report.ts";
import type { TriedCapability, TriedReport } from "#protocol/reports/tried-report.ts";

/** Lays what a run did and tried, refused calls included, beside what its manifest lists. Reads its journal only. */
export function triedCapabilities(
  events: readonly RunEvent[],
  manifest: readonly ManifestEntry[],
): TriedReport {
  const tried = summedUp(attemptsIn(events)).map((one): TriedCapability => {
    const declared = manifest.find((entry) => lists(entry, one));
    return declared ? { ...one, declared } : one;
  });
  const untried = manifest.filter((entry) => canBeTried(entry) && !tried.some((one) => lists(entry, one)));
  return { tried, untried };
}

/** One attempt, as an event tells it. */
interface Attempt {
  readonly capability: ManifestCapability;
  readonly target: string;
  readonly outcome: TriedCapability["outcome"];
  readonly reason?: string | undefined;
  readonly at?: At | undefined;
}

type Failure = { readonly code: string; readonly message: string };

function attemptsIn(events: readonly RunEvent[]): readonly Attempt[] {
  const failed = { calls: new Map<number, Failure>(), requests: new Map<number, Failure>() };
  for (const event of events) {
    if (event.type === "tool.returned" && event.error) failed.calls.set(event.call, event.error);
    if (event.type === "request.answered" && event.error) failed.requests.set(event.request, event.error);
  }
  return events.flatMap((event): readonly Attempt[] => {
    switch (event.type) {
      case "turn.started":
        return [{ capability: "model", target: event.model, outcome: "done", at: event.at }];
      case "tool.called":
        return [toolAttempt(event, failed.calls.get(event.call))];
      case "tool.denied":
        return [deniedTool(event)];
      case "human.requested":
        return [{ capability: "human", target: event.kind, outcome: "done", at: event.at }];
      case "limit.hit":
        return [{ capability: "limit", target: event.limit, outcome: "denied", reason: `${event.value}` }];
      case "request.made":
        return fileAttempt(event, failed.requests.get(event.request));
      default:
        return [];
    }
  });
}

function toolAttempt({ tool, zone, at }: RunEventOf<"tool.called">, failure: Failure | undefined): Attempt {
  return { capability: `tool.${zone}`, target: tool, ...outcomeOf(failure, "tool-denied"), at };
}

function deniedTool({ tool, zone, reason }: RunEventOf<"tool.denied">): Attempt {
  return { capability: `tool.${zone}`, target: tool, outcome: "denied", reason };
}

/** What a request about files does with them; looking whether one is there is a way to read. */
const fileActs: Readonly<Record<string, ManifestCapability>> = {
  "file.read": "file.read",
  "file.readBytes": "file.read",
  "file.status": "file.read",
  "file.list": "file.read",
  "file.write": "file.write",
  "file.writeBytes": "file.write",
};

function fileAttempt(
  { method, name = "", at }: RunEventOf<"request.made">,
  failure: Failure | undefined,
): readonly Attempt[] {
  const capability = Object.hasOwn(fileActs, method) ? fileActs[method] : undefined;
  if (!capability) return [];
  return [{ capability, target: plainPath(name), ...outcomeOf(failure, "file-denied"), at }];
}

function outcomeOf(failure: Failure | undefined, denial: string): Pick<Attempt, "outcome" | "reason"> {
  if (!failure) return { outcome: "done" };
  return { outcome: failure.code === denial ? "denied" : "failed", reason: failure.message };
}

/** The same deed in one row: done when it was once, else with why it was not. */
function summedUp(attempts: readonly Attempt[]): readonly TriedCapability[] {
  const rows = new Map<string, TriedCapability>();
  for (const { capability, target, outcome, reason, at } of attempts) {
    const group = outcome === "denied" ? "denied" : "had";
    const key = JSON.stringify([capability, target, group]);
    const known = rows.get(key);
    rows.set(key, {
      capability,
      target,
      outcome: known?.outcome === "done" ? "done" : outcome,
      count: (known?.count ?? 0) + 1,
      ...((reason ?? known?.reason) !== undefined && { reason: reason ?? known?.reason }),
      ...((known?.at ?? at) && { at: known?.at ?? at }),
    });
  }
  return [...rows.values()];
}

/** Entries about what surrounds a run (limits, mounts, the image) are no deeds of its code. */
function canBeTried({ capability }: ManifestEntry): boolean {
  return capability === "model" || capability === "human" || /^(tool|file)\./.test(capability);
}

/** Whether an entry of a manifest is about a deed; one that only the run can know is about all of its kind. */
function lists({ capability, target, name }: ManifestEntry, tried: Attempt | TriedCapability): boolean {
  if (capability !== tried.capability) return false;
  if (target === dynamicTarget || target === tried.target || name === tried.target) return true;
  if (capability === "tool.mcp") return isOfServer(tried.target, target);
  return capability.startsWith("file.") && plainPath(target) === tried.target;
}

/** Events name a tool of a server `server_tool`; a manifest names the server, or `server.tool`. */
function isOfServer(tool: string, target: string): boolean {
  return tool === target.replace(".", "_") || (!target.includes(".") && tool.startsWith(`${target}_`));
}

function plainPath(path: string): string {
  return path.replace(/^(\.\/)+/, "");
}
