import pc from "picocolors";
import { oneLine, visibleText } from "#common/visible-text.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { depthOf, eventLines } from "./event-lines.ts";
import { framedLines } from "./framed-lines.ts";
import { type EndContext, endLines } from "./run-end.ts";

/** Where and how a run is shown. */
export interface PrinterOptions extends EndContext {
  readonly write: (text: string) => void;
  /** Text of models appears while it streams (a terminal); otherwise when the turn is over. */
  readonly live: boolean;
  /** What the folder's files ask for, and how to grant it; absent for runs of the past. */
  readonly asked?: readonly string[];
}

/** Most streamed characters that are shown of one turn. */
const maximumStreamed = 20_000;

/**
 * Shows a run as a tree that grows downwards: nothing is redrawn, so it reads the same on a terminal, in a pipe and
 * in the log of a build machine. It is a reader of events and knows nothing else about the run.
 */
export function createRunPrinter(options: PrinterOptions): (event: RunEvent) => void {
  const stream = createStreamedText(options.write);
  const streamedTurns = new Set<number>();
  return (event) => {
    if (event.type === "turn.delta") {
      if (!options.live) return;
      stream.add(event.text);
      streamedTurns.add(event.turn);
      return;
    }
    stream.end();
    if (event.type === "run.started") options.write(`${startLines(event, options.asked).join("\n")}\n`);
    else if (event.type === "run.finished") options.write(`${endLines(event, options).join("\n")}\n`);
    else {
      writeLines(options.write, 2, textOfTurn(event, streamedTurns));
      writeLines(options.write, depthOf(event), eventLines(event));
    }
  };
}

function writeLines(write: (text: string) => void, depth: number, lines: readonly string[]): void {
  const indent = "  ".repeat(depth);
  for (const line of lines) write(`${indent}${line}\n`);
}

/** What the model answered, unless it was shown while it streamed. */
function textOfTurn(event: RunEvent, streamedTurns: ReadonlySet<number>): string[] {
  if (event.type !== "turn.finished" || streamedTurns.has(event.turn)) return [];
  if (event.output === undefined || event.output === "") return [];
  const text = typeof event.output === "string" ? event.output : JSON.stringify(event.output);
  return framedLines(text, 2000);
}

function createStreamedText(write: (text: string) => void): { add(text: string): void; end(): void } {
  const bar = `    ${pc.dim("│")} `;
  let shown = 0;
  return {
    add(text) {
      if (shown >= maximumStreamed) return;
      const part = visibleText(text.slice(0, maximumStreamed - shown)).replaceAll("\n", `\n${bar}`);
      write(shown === 0 ? `${bar}${part}` : part);
      shown += text.length;
    },
    end() {
      if (shown > 0) write("\n");
      shown = 0;
    },
  };
}

function startLines(event: RunEventOf<"run.started">, asked: readonly string[] | undefined): string[] {
  const { file, procedure, isolation, run, workspace, ungranted } = event;
  const details = [procedure, isolation, workspace && `workspace: ${workspace}`, run]
    .filter(Boolean)
    .join(" · ");
  return [
    `${pc.bold("▶")} ${pc.bold(oneLine(file))} ${pc.dim(oneLine(details))}`,
    ...(asked ??
      ungranted.map(
        ({ capability, target }) =>
          `  ${pc.yellow("not granted")} ${oneLine(capability, 40)}: ${oneLine(target)}`,
      )),
  ];
}
