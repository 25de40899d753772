import { createInterface, type Interface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { problemOfAnswer } from "#broker/humans/answer-rules.ts";
import type { HumanFrontEnd, HumanQuestion } from "#broker/humans/human-front-end.ts";
import { isJsonObject, type Json } from "#common/json.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import { optionLabel, typedAnswer } from "./typed-answer.ts";

/** Milliseconds before a question can have been read: what is typed until then was meant for something else. */
const readingMs = 500;

interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  /** Ctrl-C while a question waits. */
  readonly interrupt: () => void;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/**
 * Asks on a terminal, below the running tree. What is asked comes from a procedure and is shown as data. An empty
 * line takes the default, but never approves.
 */
export function createTerminalHumans(terminal: Terminal): HumanFrontEnd {
  return {
    async ask(question, signal) {
      const lines = createInterface({ input: terminal.input, output: terminal.output });
      lines.on("SIGINT", terminal.interrupt);
      try {
        terminal.output.write(`${contentOf(question)}\n`);
        return await askUntilFitting(lines, terminal, question, signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}

async function askUntilFitting(
  lines: Interface,
  { output, now }: Terminal,
  question: HumanQuestion,
  signal: AbortSignal,
): Promise<Json> {
  const readable = now() + readingMs;
  for (;;) {
    const answer = await askOnce(lines, question, signal);
    if (now() < readable) continue;
    const problem = answer === undefined ? "That is none of the answers." : problemOfAnswer(question, answer);
    if (answer !== undefined && problem === undefined) return answer;
    output.write(`  ${problem}\n`);
  }
}

async function askOnce(
  lines: Interface,
  question: HumanQuestion,
  signal: AbortSignal,
): Promise<Json | undefined> {
  if (question.kind === "inputs") return askItems(lines, question, signal);
  const answer = typedAnswer(await lines.question(promptOf(question), { signal }), question);
  if (question.kind !== "review" || typeof answer !== "string") return answer;
  return { decision: answer, feedback: await lines.question("Feedback (may be empty): ", { signal }) };
}

/** Several inputs, one after the other, under their ids. */
async function askItems(lines: Interface, { details }: HumanQuestion, signal: AbortSignal): Promise<Json> {
  const items = Array.isArray(details["items"]) ? details["items"].filter(isJsonObject) : [];
  const answers: Record<string, Json> = {};
  for (const item of items) {
    const label = oneLine(String(item["message"] ?? item["label"] ?? item["id"]));
    answers[String(item["id"])] = await lines.question(`  ${label}: `, { signal });
  }
  return answers;
}

/** The whole question: nothing of what will be decided on is left out of sight. */
function contentOf({ message, details, options }: HumanQuestion): string {
  const shown = Object.entries(details).filter(([name]) => name !== "items");
  return [
    bounded(message),
    ...(shown.length > 0 ? [bounded(JSON.stringify(Object.fromEntries(shown), undefined, 2))] : []),
    ...(options ?? []).map((option, index) => `  ${index + 1}) ${oneLine(optionLabel(option))}`),
  ].join("\n");
}

function promptOf({ kind, default: preset }: HumanQuestion): string {
  if (kind === "approval") return "Approve (y/n) ";
  if (kind === "escalation") return "Enter to go on: ";
  return preset === undefined ? "> " : `[${oneLine(JSON.stringify(preset), 60)}] > `;
}
