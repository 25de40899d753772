import type { NodeContent, RunNode } from "#runs/tree/run-node.ts";

/** When something in a run happened, in milliseconds from the start of the run. */
export interface Span {
  readonly node: RunNode;
  /** How deep it stands in the run: a tool call of a turn stands under the turn. */
  readonly depth: number;
  readonly start: number;
  /** 0 for what happens at a moment; undefined for what has not ended. */
  readonly duration: number | undefined;
}

interface Times {
  readonly began: string;
  readonly milliseconds?: number | undefined;
  readonly ended?: string | undefined;
}

/** Everything in a run that takes its time, in the order in which it began. */
export function spansOf(root: RunNode): readonly Span[] {
  const began = root.content.kind === "run" ? Date.parse(root.content.started ?? "") : Number.NaN;
  if (Number.isNaN(began)) return [];
  return spansUnder(root, began, 0).sort((a, b) => a.start - b.start);
}

function spansUnder(node: RunNode, origin: number, depth: number): Span[] {
  return node.children.flatMap((child) => {
    const times = timesOf(child.content);
    const own = times ? [{ node: child, depth, ...placed(times, origin) }] : [];
    return [...own, ...spansUnder(child, origin, depth + own.length)];
  });
}

function timesOf(content: NodeContent): Times | undefined {
  switch (content.kind) {
    case "turn":
      return {
        began: content.started.time,
        milliseconds: content.finished?.durationMs,
        ended: content.finished?.time,
      };
    case "tool":
      return {
        began: content.called.time,
        milliseconds: content.returned?.durationMs,
        ended: content.returned?.time,
      };
    case "human":
      return { began: content.requested.time, ended: content.responded?.time };
    case "denied":
    case "limit":
    case "checkpoint":
      return { began: content.event.time, milliseconds: 0 };
    default:
      return undefined;
  }
}

/** A journal may have been written by anybody: times that are none, or lie before the start, count as the start. */
function placed({ began, milliseconds, ended }: Times, origin: number): Pick<Span, "start" | "duration"> {
  const start = Math.max(0, Date.parse(began) - origin || 0);
  if (milliseconds !== undefined) return { start, duration: milliseconds };
  if (ended === undefined) return { start, duration: undefined };
  return { start, duration: Math.max(0, Date.parse(ended) - Date.parse(began) || 0) };
}
