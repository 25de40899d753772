import type { Json } from "#common/json.ts";
import type { At, RunEventOf, RunFailure, RunStatus } from "#protocol/events/events.ts";

/** What a node of the Runs view shows, as facts; how it looks is `node-appearance.ts`. */
export type NodeContent =
  | RunContent
  | TurnContent
  | {
      readonly kind: "tool";
      readonly called: RunEventOf<"tool.called">;
      returned?: RunEventOf<"tool.returned">;
    }
  | { readonly kind: "checkpoint"; readonly event: RunEventOf<"checkpoint"> }
  | { readonly kind: "log"; readonly event: RunEventOf<"log"> }
  | { readonly kind: "output"; readonly stream: "stdout" | "stderr"; text: string }
  | HumanContent
  | { readonly kind: "stage"; readonly name: string }
  | { readonly kind: "denied"; readonly event: RunEventOf<"tool.denied"> }
  | { readonly kind: "limit"; readonly event: RunEventOf<"limit.hit"> }
  | { readonly kind: "changes"; readonly event: RunEventOf<"workspace.changed"> }
  | ChangeContent
  | { readonly kind: "ungranted"; readonly event: RunEventOf<"run.started"> }
  | { readonly kind: "state" }
  | { readonly kind: "value"; readonly name: string; value: Json }
  | { readonly kind: "text"; readonly name: string; text: string }
  | { readonly kind: "error"; readonly error: RunFailure }
  | { readonly kind: "part"; readonly first: number; readonly last: number };

/** `interrupted`: the journal ends without an end, since the process that wrote it was killed. */
export type RunState = RunStatus | "running" | "interrupted";

export interface RunContent {
  readonly kind: "run";
  readonly run: string;
  state: RunState;
  file?: string | undefined;
  procedure?: string | undefined;
  isolation?: string | undefined;
  workspace?: string | undefined;
  /** ISO 8601. */
  started?: string | undefined;
  durationMs?: number | undefined;
  tokens?: number | undefined;
  cost?: number | undefined;
  error?: string | undefined;
  /** The run out of which it was made. */
  forkedFrom?: string | undefined;
  /** A trial: names what its files were read from in place of the folder. */
  revision?: string | undefined;
}

/** Something that begins and ends; when its run ends first, it is abandoned and never will. */
interface Lasting {
  abandoned?: boolean;
}

export interface TurnContent extends Lasting {
  readonly kind: "turn";
  readonly started: RunEventOf<"turn.started">;
  finished?: RunEventOf<"turn.finished">;
}

export interface ToolContent extends Lasting {
  readonly kind: "tool";
  readonly called: RunEventOf<"tool.called">;
  returned?: RunEventOf<"tool.returned">;
}

export interface HumanContent extends Lasting {
  readonly kind: "human";
  readonly requested: RunEventOf<"human.requested">;
  responded?: RunEventOf<"human.responded">;
}

export interface ChangeContent {
  readonly kind: "change";
  readonly change: RunEventOf<"workspace.changed">["changes"][number];
  /** What the person decided. */
  settled?: "applied" | "discarded" | undefined;
}

export interface RunNode<Content extends NodeContent = NodeContent> {
  /** Unique among all runs, and the same while the run goes on. */
  readonly id: string;
  readonly parent: RunNode | undefined;
  readonly content: Content;
  readonly children: RunNode[];
}

/** Where in the source a node points, when it does. */
export function placeOf({ content }: RunNode): At | undefined {
  if (content.kind === "tool") return content.called.at ?? content.returned?.at;
  if (content.kind === "checkpoint" || content.kind === "log") return content.event.at;
  if (content.kind === "turn") return content.started.at;
  if (content.kind === "human") return content.requested.at;
  if (content.kind !== "error") return undefined;
  const { file, line } = content.error;
  return file && line ? { file, line } : undefined;
}

/** Whether a node is a run that ended before it was done. */
export function canResume({ content }: RunNode): boolean {
  if (content.kind !== "run" || content.revision !== undefined) return false;
  return content.state !== "running" && content.state !== "completed";
}

/** The run that a node belongs to. */
export function runOf(node: RunNode): RunNode {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}
