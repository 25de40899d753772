import { createInterface } from "node:readline/promises";
import type { HumanFrontEnd, HumanQuestion } from "#broker/humans/human-front-end.ts";
import { isJsonObject, type Json } from "#common/json.ts";
import { bounded, oneLine } from "./output/terminal-text.ts";

/** What is typed before a question can have been read was meant for something else. */
const readingMs = 500;

/**
 * Asks on the terminal, below the running tree. What is asked comes from a procedure and is shown as data. An empty
 * answer takes the default, but never approves; an interrupt closes the question and reaches the run as its cancel.
 */
export const terminalHumans: HumanFrontEnd = {
  async ask(question, signal) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    const readable = Date.now() + readingMs;
    try {
      for (;;) {
        const answer = await terminal.question(`${promptOf(question)} `, { signal });
        const value = Date.now() < readable ? undefined : chosenValue(answer.trim(), question);
        if (value !== undefined) return value;
        process.stderr.write("  Please answer with one of the choices above.\n");
      }
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      terminal.close();
    }
  },
};

function promptOf({ kind, message, details, options, default: preset }: HumanQuestion): string {
  const lines = [bounded(message)];
  if (Object.keys(details).length > 0) lines.push(bounded(JSON.stringify(details, undefined, 2)));
  for (const [index, option] of (options ?? []).entries())
    lines.push(`  ${index + 1}) ${oneLine(labelOf(option))}`);
  const choices = kind === "approval" ? " (y/n)" : "";
  const fallback = preset === undefined ? "" : ` [${oneLine(JSON.stringify(preset), 60)}]`;
  return `${lines.join("\n")}${choices}${fallback}:`;
}

function labelOf(option: Json): string {
  if (typeof option === "string") return option;
  const label = isJsonObject(option) ? (option["label"] ?? option["value"]) : undefined;
  return typeof label === "string" ? label : JSON.stringify(option);
}

function chosenValue(answer: string, { kind, options, default: preset }: HumanQuestion): Json | undefined {
  if (kind === "approval") return yesOrNo(answer);
  if (answer === "" && preset !== undefined) return preset;
  if (!options || options.length === 0) return answer;
  const chosen = options[Number(answer) - 1] ?? options.find((option) => labelOf(option) === answer);
  return isJsonObject(chosen) ? (chosen["value"] ?? chosen) : chosen;
}

function yesOrNo(answer: string): boolean | undefined {
  if (/^(y|yes)$/i.test(answer)) return true;
  return /^(n|no)$/i.test(answer) ? false : undefined;
}
