import type { NodeContent } from "#runs/tree/run-node.ts";

/** A mark before a row, and the name of its colour. Neither is all that tells: the row says it in words. */
export interface NodeLook {
  readonly mark: string;
  readonly tone: "good" | "bad" | "warned" | "plain";
}

const marks: Readonly<Record<NodeContent["kind"], string>> = {
  run: "▶",
  turn: "◆",
  tool: "⚙",
  checkpoint: "⚑",
  log: "≡",
  output: "≡",
  human: "☺",
  stage: "▸",
  denied: "⊘",
  limit: "⊘",
  changes: "±",
  change: "±",
  ungranted: "⊘",
  state: "▤",
  value: "·",
  text: "·",
  error: "✗",
  part: "…",
};

/** The mark of a row and its tone. */
export function lookOf(content: NodeContent): NodeLook {
  return { mark: marks[content.kind], tone: toneOf(content) };
}

function toneOf(content: NodeContent): NodeLook["tone"] {
  switch (content.kind) {
    case "run":
      return content.state === "completed" ? "good" : content.state === "running" ? "plain" : "bad";
    case "turn":
      return content.finished?.error ? "bad" : content.finished ? "good" : "plain";
    case "tool":
      return content.returned?.error ? "bad" : content.returned ? "good" : "plain";
    case "denied":
    case "limit":
    case "error":
      return "bad";
    case "human":
    case "ungranted":
      return "warned";
    case "log":
      return content.event.level === "error" ? "bad" : content.event.level === "warn" ? "warned" : "plain";
    default:
      return "plain";
  }
}
