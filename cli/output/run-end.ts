import pc from "picocolors";
import { durationText } from "#common/duration-text.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import type { RunEventOf, RunFailure, RunStatus } from "#protocol/events/events.ts";
import { codeFrame } from "./code-frame.ts";
import { continuedText } from "./framed-lines.ts";
import { spentText } from "./measures.ts";

/** What the end of a run needs beside its event. */
export interface EndContext {
  /** Text of a source file of the run, for the lines around an error. */
  readonly sourceOf: (file: string) => string | undefined;
  /** Path of the journal as the person would type it. */
  readonly journal: string;
  /** Command that shows the run again; undefined when it lies in another folder. */
  readonly showCommand?: string;
  /** The run, when its folder is the current one. */
  readonly run?: string;
}

const marks: Readonly<Record<RunStatus, string>> = {
  completed: pc.green("✓ completed"),
  failed: pc.red("✗ failed"),
  cancelled: pc.yellow("■ cancelled"),
  timed_out: pc.red("✗ timed out"),
  waiting: pc.magenta("? waiting"),
};

/** The end of a run: status, result or error with its place, where the journal is, and what to do next. */
export function endLines(event: RunEventOf<"run.finished">, context: EndContext): string[] {
  const spent = [`in ${durationText(event.durationMs)}`, spentText(event.usage, event.cost)].filter(Boolean);
  return [
    `${marks[event.status]} ${pc.dim(spent.join(" · "))}`,
    ...(event.error && event.status !== "cancelled" ? errorLines(event.error, context) : []),
    ...(event.waiting ? [continuedText(event.waiting.message, 4000)] : []),
    ...resultLines(event),
    ...waitingLines(event, context),
    pc.dim(
      `Journal: ${oneLine(context.journal, 400)}${context.showCommand ? ` (${context.showCommand})` : ""}`,
    ),
  ];
}

/** How a run that waits for a person goes on. */
function waitingLines(
  { status, waiting }: RunEventOf<"run.finished">,
  { run = "RUN" }: EndContext,
): string[] {
  if (status !== "waiting" || waiting?.for !== "human" || waiting.request === undefined) return [];
  const answer = `tactus-studio runs respond ${run} ${oneLine(waiting.request, 40)} VALUE`;
  return [`${pc.bold("Next:")} ${answer}, then tactus-studio runs resume ${run}`];
}

function errorLines(error: RunFailure, context: EndContext): string[] {
  const place =
    error.file === undefined ? "" : `${oneLine(error.file)}${error.line ? `:${error.line}` : ""}: `;
  const source = error.file === undefined ? undefined : context.sourceOf(error.file);
  const remedy = remedies[error.code];
  return [
    `${place}${continuedText(error.message, 4000)} ${pc.dim(`[${oneLine(error.code, 40)}]`)}`,
    ...(source !== undefined && error.line ? codeFrame(source, error.line) : []),
    ...(remedy === undefined ? [] : [`${pc.bold("Next:")} ${remedy}`]),
  ];
}

function resultLines({ result }: RunEventOf<"run.finished">): string[] {
  if (result === undefined) return [];
  // JSON holds no line break but our own, and each of its lines begins as JSON does.
  return ["Result:", bounded(JSON.stringify(result, undefined, 2), 20_000)];
}

/** What to do about an error whose text can't know how the run was started. */
const remedies: Readonly<Record<string, string>> = {
  "input-invalid": "give the inputs with --input name=value or --input-json '{…}'.",
  "model-key-missing": "set the key in the environment or in ~/.tactus/config.yml, or run with --mock.",
  "limit-time": "raise --timeout, or `sandbox.timeout` in ~/.tactus/config.yml.",
  "limit-memory": "raise `sandbox.limits.memory` in ~/.tactus/config.yml.",
  "limit-cost": "raise `limits.cost` in ~/.tactus/config.yml, if it is worth it.",
  "limit-tokens": "raise `limits.tokens` in ~/.tactus/config.yml, if it is worth it.",
  "limit-turns": "raise `limits.turns` in ~/.tactus/config.yml, or look for a loop of tool calls.",
  "limit-tool-calls": "raise `limits.tool_calls` in ~/.tactus/config.yml, or look for a loop.",
  "sandbox-lost": "see `tactus-studio sandbox doctor`.",
};
