import { durationText } from "#common/duration-text.ts";
import type { Json } from "#common/json.ts";
import { jsonBlock, jsonPreview } from "#common/json-text.ts";
import { costText, elapsedText, momentText } from "#common/measures.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import type {
  HumanContent,
  NodeContent,
  RunContent,
  RunNode,
  RunState,
  ToolContent,
  TurnContent,
} from "./run-node.ts";

/** A codicon by its name, and a colour of VS Code's theme by its. */
interface NodeIcon {
  readonly name: string;
  readonly color?: string;
}

/** How a node looks, as plain text and the name of an icon of ours: nothing in it is read as markup. */
export interface NodeAppearance {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: NodeIcon;
  /** What it is, for whoever does not see icons and colours. */
  readonly kind: string;
  /** What a screen reader says; begins with the kind of the node. */
  readonly spoken: string;
}

interface Look {
  readonly kind: string;
  readonly label: string;
  readonly details?: readonly (string | undefined)[];
  readonly tooltip?: string;
  readonly icon: NodeIcon;
}

const passed = "testing.iconPassed";
const failed = "testing.iconFailed";
const warned = "problemsWarningIcon.foreground";
const spinning: NodeIcon = { name: "loading~spin" };
const abandonedIcon: NodeIcon = { name: "circle-slash" };
const longestTooltip = 4000;

const runIcons: Readonly<Record<RunState, NodeIcon>> = {
  running: spinning,
  completed: { name: "pass", color: passed },
  failed: { name: "error", color: failed },
  cancelled: { name: "circle-slash" },
  timed_out: { name: "watch", color: failed },
  waiting: { name: "bell-dot", color: warned },
  interrupted: { name: "debug-disconnect", color: warned },
};

/** How a node looks at a moment; running ones show the time that has passed. */
export function appearanceOf({ content }: RunNode, now: Date): NodeAppearance {
  const look = lookOf(content, now);
  const description = (look.details ?? [])
    .filter((detail) => detail !== undefined && detail !== "")
    .join(" · ");
  return {
    label: look.label,
    description,
    tooltip: bounded(look.tooltip ?? [look.label, description].filter(Boolean).join("\n"), longestTooltip),
    icon: look.icon,
    kind: look.kind,
    spoken: [look.kind, look.label, description].filter(Boolean).join(", "),
  };
}

function lookOf(content: NodeContent, now: Date): Look {
  switch (content.kind) {
    case "run":
      return runLook(content, now);
    case "turn":
      return turnLook(content, now);
    case "tool":
      return toolLook(content, now);
    case "checkpoint":
      return checkpointLook(content.event);
    case "log":
      return logLook(content.event);
    case "output":
      return {
        kind: content.stream === "stdout" ? "Output" : "Error output",
        label: oneLine(content.text),
        tooltip: content.text,
        icon: { name: "output", ...(content.stream === "stderr" ? { color: failed } : {}) },
      };
    case "human":
      return humanLook(content);
    case "stage":
      return { kind: "Stage", label: `Stage: ${oneLine(content.name)}`, icon: { name: "milestone" } };
    case "denied":
      return {
        kind: "Denied tool call",
        label: `${oneLine(content.event.tool)} denied`,
        details: [content.event.zone, oneLine(content.event.reason)],
        icon: { name: "shield", color: failed },
      };
    case "limit":
      return {
        kind: "Limit",
        label: `Limit reached: ${content.event.limit}`,
        details: [String(content.event.value)],
        icon: { name: "dashboard", color: failed },
      };
    case "changes":
    case "change":
    case "ungranted":
    case "state":
    case "value":
    case "text":
    case "error":
    case "part":
      return partLook(content);
  }
}

type PartContent = Extract<
  NodeContent,
  { kind: "changes" | "change" | "ungranted" | "state" | "value" | "text" | "error" | "part" }
>;

function partLook(content: PartContent): Look {
  switch (content.kind) {
    case "changes":
      return {
        kind: "Changed files",
        label:
          content.event.changes.length === 1
            ? "1 changed file"
            : `${content.event.changes.length} changed files`,
        icon: { name: "diff-multiple" },
      };
    case "change":
      return {
        kind: "Changed file",
        label: oneLine(content.change.path),
        details: [content.settled ?? content.change.kind, `${content.change.bytes} bytes`],
        icon: { name: content.settled ? settledIcons[content.settled] : changeIcons[content.change.kind] },
      };
    case "ungranted":
      return {
        kind: "Not granted",
        label: `Not granted: ${content.event.ungranted.length}`,
        tooltip: "The folder's configuration asks for these; without a grant the run goes on without them.",
        icon: { name: "shield", color: warned },
      };
    case "state":
      return { kind: "State", label: "state", icon: { name: "database" } };
    case "value":
      return {
        kind: "Value",
        label: oneLine(content.name, 60),
        details: [jsonPreview(content.value)],
        tooltip: `${content.name}\n${jsonBlock(content.value)}`,
        icon: valueIcon(content.name, content.value),
      };
    case "text":
      return {
        kind: "Text",
        label: oneLine(content.name, 60),
        details: [oneLine(content.text)],
        tooltip: content.text,
        icon: { name: content.name === "reply" ? "comment" : "symbol-string" },
      };
    case "error":
      return {
        kind: "Error",
        label: oneLine(content.error.message, 200),
        details: [oneLine(content.error.code, 40), placeText(content.error.file, content.error.line)],
        tooltip: content.error.message,
        icon: { name: "error", color: failed },
      };
    case "part":
      return { kind: "Part", label: `${content.first} – ${content.last}`, icon: { name: "ellipsis" } };
  }
}

const settledIcons = { applied: "check", discarded: "circle-slash" } as const;
const changeIcons = { created: "diff-added", modified: "diff-modified", deleted: "diff-removed" } as const;

function runLook(content: RunContent, now: Date): Look {
  const { run, file, procedure, state, started, durationMs, cost, isolation, revision } = content;
  const since = started && state === "running" ? now.getTime() - Date.parse(started) : undefined;
  return {
    kind: "Run",
    label: oneLine(file ?? run, 80),
    details: [
      procedure === "main" ? undefined : procedure && oneLine(procedure, 60),
      revision && `trial of ${oneLine(revision, 12)}`,
      state.replace("_", " "),
      since === undefined ? undefined : elapsedText(since),
      durationMs === undefined ? undefined : durationText(durationMs),
      cost ? costText(cost) : undefined,
      isolation === "embedded" ? "embedded" : undefined,
      started && momentText(started, now),
    ],
    tooltip: runTooltip(content),
    icon: runIcons[state],
  };
}

function runTooltip({
  run,
  file,
  procedure,
  state,
  started,
  isolation,
  workspace,
  ...end
}: RunContent): string {
  return lines(
    file ? `${file} (${procedure})` : undefined,
    `Run ${run}: ${state.replace("_", " ")}`,
    started && `Started ${started}`,
    isolation && `Isolation ${isolation}${workspace ? `, workspace ${workspace}` : ""}`,
    end.durationMs === undefined ? undefined : `${durationText(end.durationMs)}, ${end.tokens ?? 0} tokens`,
    end.error,
  );
}

function lines(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== "").join("\n");
}

function openIcon(abandoned: boolean | undefined): NodeIcon {
  return abandoned ? abandonedIcon : spinning;
}

/** How long something took, or has taken until now. */
function lastedText(
  durationMs: number | undefined,
  since: string,
  now: Date,
  abandoned: boolean | undefined,
): string {
  if (durationMs !== undefined) return durationText(durationMs);
  return abandoned ? "not finished" : elapsedText(now.getTime() - Date.parse(since));
}

function turnLook({ started, finished, abandoned }: TurnContent, now: Date): Look {
  const { agent, model, tools, turn } = started;
  return {
    kind: "Turn",
    label: `Turn ${turn}: ${oneLine(agent, 60)}`,
    details: [
      oneLine(model, 60),
      lastedText(finished?.durationMs, started.time, now, abandoned),
      finished && finished.usage.totalTokens > 0 ? `${finished.usage.totalTokens} tokens` : undefined,
      finished?.cost ? costText(finished.cost) : undefined,
      finished?.error && oneLine(finished.error.message),
    ],
    tooltip: lines(
      `Turn ${turn} of ${agent}, model ${model}`,
      tools.length > 0 ? `Tools offered: ${tools.join(", ")}` : "No tools offered",
      finished && `${finished.usage.inputTokens} tokens in, ${finished.usage.outputTokens} out`,
      finished?.error && `${finished.error.code}: ${finished.error.message}`,
    ),
    icon: finished
      ? { name: "comment-discussion", color: finished.error ? failed : passed }
      : openIcon(abandoned),
  };
}

function toolLook({ called, returned, abandoned }: ToolContent, now: Date): Look {
  const outcome =
    returned?.error?.message ?? (returned ? jsonPreview(returned.result ?? null, 60) : undefined);
  return {
    kind: "Tool call",
    label: oneLine(called.tool, 60),
    details: [
      jsonPreview(called.arguments, 60),
      outcome === undefined ? undefined : `→ ${oneLine(outcome, 60)}`,
      called.zone === "lua" ? undefined : called.zone,
      lastedText(returned?.durationMs, called.time, now, abandoned),
    ],
    tooltip: lines(
      `${called.tool} (${called.zone}), called by the ${called.by}`,
      `Arguments: ${jsonBlock(called.arguments)}`,
      returned && (returned.error ? `Error ${returned.error.code}: ${returned.error.message}` : undefined),
      returned && !returned.error ? `Result: ${jsonBlock(returned.result ?? null)}` : undefined,
    ),
    icon: returned ? { name: "tools", color: returned.error ? failed : passed } : openIcon(abandoned),
  };
}

function checkpointLook(event: Extract<NodeContent, { kind: "checkpoint" }>["event"]): Look {
  return {
    kind: "Checkpoint",
    label: `Checkpoint ${event.index}: ${oneLine(event.name ?? event.kind, 60)}`,
    details: [
      event.value === undefined ? undefined : jsonPreview(event.value, 60),
      event.replayed ? "replayed" : durationText(event.durationMs),
    ],
    icon: { name: event.replayed ? "history" : "bookmark" },
  };
}

const logIcons: Readonly<Record<string, NodeIcon>> = {
  debug: { name: "bug" },
  info: { name: "info" },
  warn: { name: "warning", color: warned },
  error: { name: "error", color: failed },
};

function logLook({ level, message, data }: Extract<NodeContent, { kind: "log" }>["event"]): Look {
  return {
    kind: `Log, ${level}`,
    label: oneLine(message),
    details: [data === undefined ? undefined : jsonPreview(data)],
    tooltip: data === undefined ? message : `${message}\n${jsonBlock(data)}`,
    icon: logIcons[level] ?? { name: "info" },
  };
}

function humanLook({ requested, responded, abandoned }: HumanContent): Look {
  return {
    kind: "Question to a person",
    label: `${oneLine(requested.kind, 20)}: ${oneLine(requested.message, 80)}`,
    details: [
      responded
        ? `${jsonPreview(responded.value, 60)} by ${oneLine(responded.by, 30)}`
        : abandoned
          ? "not answered"
          : "waiting for an answer",
    ],
    tooltip: requested.message,
    icon: responded || abandoned ? { name: "account" } : { name: "bell-dot", color: warned },
  };
}

const namedValues: Readonly<Record<string, string>> = {
  input: "sign-in",
  result: "sign-out",
  reply: "comment",
};

function valueIcon(name: string, value: Json): NodeIcon {
  const icon = namedValues[name];
  if (icon) return { name: icon };
  if (Array.isArray(value)) return { name: "symbol-array" };
  if (value === null) return { name: "symbol-null" };
  return { name: `symbol-${typeof value}` };
}

function placeText(file: string | undefined, line: number | undefined): string | undefined {
  if (!file) return undefined;
  return line ? `${oneLine(file, 60)}:${line}` : oneLine(file, 60);
}
