import pc from "picocolors";
import { durationText } from "#common/duration-text.ts";
import type { Json } from "#common/json.ts";
import { oneLine } from "#common/visible-text.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { continuedText, framedLines } from "./framed-lines.ts";
import { spentText } from "./measures.ts";

/** How deep an event stands in the tree: what an agent's turn brings about stands below the turn. */
export function depthOf(event: RunEvent): number {
  if (event.type === "run.started" || event.type === "run.finished") return 0;
  const inTurn = (event.type === "tool.called" || event.type === "tool.returned") && event.turn !== undefined;
  return inTurn ? 2 : 1;
}

/** The lines that people see of an event; none for those that are shown otherwise (streamed text, start and end). */
export function eventLines(event: RunEvent): string[] {
  switch (event.type) {
    case "log":
      return logLines(event);
    case "output":
      return framedLines(event.text.replace(/\n$/, ""));
    case "turn.started":
      return [
        `${pc.cyan("●")} turn ${event.turn} ${pc.bold(oneLine(event.agent, 60))} ${pc.dim(turnDetails(event))}`,
      ];
    case "turn.finished":
      return turnEnd(event);
    case "tool.called":
      return [`${pc.yellow("→")} ${oneLine(event.tool, 60)} ${jsonLine(event.arguments)}`];
    case "tool.returned":
      return [toolEnd(event)];
    case "tool.denied":
      return [`${pc.red("✗")} ${oneLine(event.tool, 60)} denied: ${oneLine(event.reason, 400)}`];
    case "checkpoint":
      return [checkpointLine(event)];
    case "state":
      return [`${pc.dim("state")} ${oneLine(event.key, 60)} = ${jsonLine(event.value)}`];
    case "stage":
      return [`${pc.bold("stage")} ${oneLine(event.name)}`];
    case "human.requested":
      return [
        `${pc.magenta("?")} ${event.kind}: ${oneLine(event.message, 400)} ${pc.dim(`question ${oneLine(event.request, 40)}`)}`,
      ];
    case "human.responded":
      return [`${pc.magenta("!")} ${jsonLine(event.value)} ${pc.dim(`by ${oneLine(event.by, 40)}`)}`];
    case "workspace.changed":
      return event.changes.map(
        ({ kind, path, bytes }) => `${pc.blue("±")} ${kind} ${oneLine(path)} ${pc.dim(`${bytes} bytes`)}`,
      );
    case "limit.hit":
      return [`${pc.red("✗")} limit reached: ${event.limit} (${event.value})`];
    case "turn.delta":
    case "run.started":
    case "run.finished":
      return [];
    default:
      return [];
  }
}

/** A value on one line, cut. */
function jsonLine(value: Json, most = 160): string {
  return oneLine(JSON.stringify(value), most);
}

function logLines({ level, message, data }: RunEventOf<"log">): string[] {
  const colors = { debug: pc.dim, info: pc.blue, warn: pc.yellow, error: pc.red } as const;
  const rest = data === undefined ? "" : ` ${jsonLine(data)}`;
  const [first = "", ...others] = continuedText(message).split("\n");
  return [`${colors[level](level)} ${first}${others.length === 0 ? rest : ""}`, ...others];
}

function turnDetails({ model, tools }: RunEventOf<"turn.started">): string {
  return [oneLine(model, 60), tools.length > 0 ? `tools: ${oneLine(tools.join(", "), 100)}` : ""]
    .filter(Boolean)
    .join(" · ");
}

function turnEnd(event: RunEventOf<"turn.finished">): string[] {
  const spent = [durationText(event.durationMs), spentText(event.usage, event.cost)]
    .filter(Boolean)
    .join(" · ");
  if (event.error)
    return [
      `${pc.red("✗")} turn ${event.turn} failed: ${oneLine(event.error.message, 400)} ${pc.dim(spent)}`,
    ];
  return [`${pc.cyan("○")} turn ${event.turn} done ${pc.dim(spent)}`];
}

function toolEnd(event: RunEventOf<"tool.returned">): string {
  const spent = pc.dim(durationText(event.durationMs));
  const tool = oneLine(event.tool, 60);
  if (event.error) return `${pc.red("←")} ${tool} failed: ${oneLine(event.error.message, 400)} ${spent}`;
  return `${pc.green("←")} ${tool} ${event.result === undefined ? "" : jsonLine(event.result)} ${spent}`;
}

function checkpointLine(event: RunEventOf<"checkpoint">): string {
  const name = event.name === undefined ? "" : ` ${oneLine(event.name, 60)}`;
  // The value of a turn stands above it already, as what the agent answered.
  const shown = event.value !== undefined && event.kind !== "turn";
  const value = shown ? ` = ${jsonLine(event.value ?? null)}` : "";
  const spent = event.replayed ? "replayed" : durationText(event.durationMs);
  return `${pc.green("✓")} checkpoint ${event.index} ${oneLine(event.kind, 40)}${name}${value} ${pc.dim(spent)}`;
}
