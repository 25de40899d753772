import { setTimeout as pause } from "node:timers/promises";
import type { Problem } from "./ask-everything.ts";
import type { FuzzedDocument } from "./fuzzed-document.ts";
import type { ServerProcess } from "./server-process.ts";

/** What is compared: together these depend on everything that the server keeps of a document. */
const compared = {
  "textDocument/diagnostic": "items",
  "textDocument/documentSymbol": undefined,
  "textDocument/semanticTokens/full": "data",
  "textDocument/foldingRange": undefined,
} as const;

/** How often, and with which pauses in milliseconds, two sets of answers are compared: declarations are evaluated aside. */
const attempts = 60;
const pauseMs = 50;

/** After so long without a change declarations were evaluated: until then what was found in an older text is told. */
const settledMs = 2000;

/** Whether the server, after all edits, says the same of a text as of the same text opened afresh. */
export async function compareWithFresh(server: ServerProcess, document: FuzzedDocument): Promise<Problem[]> {
  const { before, text } = document;
  await pause(pauseMs);
  if ((await compare(server, document)).length === 0) return [];
  await document.open(before);
  await pause(settledMs);
  await document.edit(text);
  await pause(settledMs);
  return compare(server, document);
}

async function compare(server: ServerProcess, document: FuzzedDocument): Promise<Problem[]> {
  const edited = await answersAbout(server, document);
  await document.open(document.text);
  let differing: Problem[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const fresh = await answersAbout(server, document);
    differing = differencesOf(edited, fresh);
    if (differing.length === 0) return [];
    await pause(pauseMs);
  }
  return differing;
}

type Answers = ReadonlyMap<string, string>;

async function answersAbout(server: ServerProcess, { uri }: FuzzedDocument): Promise<Answers> {
  const answers = new Map<string, string>();
  for (const [method, part] of Object.entries(compared)) {
    const asked = server.connection.sendRequest<Record<string, unknown>>(method, { textDocument: { uri } });
    const answer = await Promise.race([asked, server.ended]);
    answers.set(method, JSON.stringify(part === undefined ? answer : answer?.[part]) ?? "");
  }
  return answers;
}

function differencesOf(edited: Answers, fresh: Answers): Problem[] {
  return [...edited]
    .filter(([method, answer]) => fresh.get(method) !== answer)
    .map(([method, answer]) => {
      const other = fresh.get(method) ?? "";
      const at = Math.max(0, firstDifference(answer, other) - 60);
      const detail = `edited and fresh differ: ${answer.slice(at, at + 200)} … ${other.slice(at, at + 200)}`;
      return { method, detail };
    });
}

function firstDifference(left: string, right: string): number {
  let index = 0;
  while (index < left.length && left[index] === right[index]) index++;
  return index;
}
