import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { askEverything, longestAnswerMs, type Problem } from "./ask-everything.ts";
import { compareWithFresh } from "./compare-with-fresh.ts";
import { type FuzzInput, makeInput } from "./fuzz-input.ts";
import { FuzzedDocument } from "./fuzzed-document.ts";
import { type MemoryUse, ServerProcess } from "./server-process.ts";
import { openWorkspace } from "./workspace.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly inputs: number;
  /** Called now and then with the number of inputs that are done. */
  readonly onProgress?: (done: number) => void;
}

/** A kind of problem, with the first input that showed it. */
export interface Failure extends Problem {
  readonly index: number;
  /** How many inputs showed it. */
  times: number;
  /** Where the text lies now. */
  readonly savedTo: string;
}

export interface FuzzReport {
  readonly failures: readonly Failure[];
  /** Memory of the server after the first inputs and after the last, garbage collected; of one that was not restarted. */
  readonly memory: { readonly early: MemoryUse; readonly late: MemoryUse };
  /** The exit code of the server when it was asked to end. */
  readonly exitCode: number | null;
  readonly seconds: number;
}

const saved = path.resolve(import.meta.dirname, "../../.cache/robustness");

/** A run with this many kinds of failures has told enough. */
const mostFailures = 25;

/** Of so many inputs the answers are compared with those for a fresh document. */
const comparedShare = 0.2;

/** After so many inputs the server has loaded what it loads. */
const earlyInputs = 100;

/** Gives a server damaged texts, one after the other, and asks it everything about each. */
export async function fuzzServer({ seed, inputs, onProgress }: FuzzOptions): Promise<FuzzReport> {
  using workspace = openWorkspace();
  const startedAt = performance.now();
  const failures = new Map<string, Failure>();
  let session = await startSession(workspace.folder);
  let early: MemoryUse | undefined;
  for (let index = 0; index < inputs && failures.size < mostFailures; index++) {
    const input = makeInput(seed, index);
    const problems = await tryInput(session, input);
    for (const problem of problems) {
      const known = failures.get(kindOf(problem));
      if (known) known.times++;
      else
        failures.set(kindOf(problem), { ...problem, index, times: 1, savedTo: save(seed, input, problem) });
    }
    if (problems.some(({ method }) => method === "process")) session = await startSession(workspace.folder);
    if (index === Math.min(earlyInputs, inputs) - 1) early = await session.server.measureMemory();
    if (index % 500 === 499) onProgress?.(index + 1);
  }
  const late = await session.server.measureMemory();
  const exitCode = await session.server.stop();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { failures: [...failures.values()], memory: { early: early ?? late, late }, exitCode, seconds };
}

/** The same for problems that differ only in numbers and quoted words. */
function kindOf({ method, detail }: Problem): string {
  return `${method} ${detail.replaceAll(/\d+|"[^"]*"|'[^']*'/g, "#").slice(0, 200)}`;
}

/** A server with one document of each kind. */
interface Session {
  readonly server: ServerProcess;
  readonly documents: Readonly<Record<FuzzInput["kind"], FuzzedDocument>>;
}

async function startSession(folder: string): Promise<Session> {
  const server = await ServerProcess.start(folder);
  server.streamFindings();
  const at = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  const documents = {
    procedure: new FuzzedDocument(server, at("fuzzed.tac"), "tactus"),
    settings: new FuzzedDocument(server, at("fuzzed.tac.yml"), "yaml"),
  };
  return { server, documents };
}

/** What goes wrong with one input. A server that ended or hangs is a problem of the method `process`. */
async function tryInput({ server, documents }: Session, input: FuzzInput): Promise<Problem[]> {
  const document = documents[input.kind];
  const { random } = input;
  try {
    const startedAt = performance.now();
    await document[input.arrival](input.text);
    const cancelled = random.chance(0.1) ? () => random.chance(0.3) : undefined;
    const problems = await askEverything(server, document.randomPlace(random), {
      order: "together",
      ...(cancelled && { cancelled }),
    });
    if (performance.now() - startedAt > longestAnswerMs) {
      // All answers together took too long; only one that does so alone, from a fresh start, is too slow.
      await document.open(input.text);
      problems.push(...(await askEverything(server, document.randomPlace(random), { order: "in turn" })));
    }
    if (random.chance(comparedShare)) problems.push(...(await compareWithFresh(server, document)));
    const logged = server.complaints.splice(0).map((detail) => ({ method: "log", detail }));
    return [...problems, ...logged];
  } catch (error) {
    server.kill();
    return [{ method: "process", detail: [String(error), ...server.complaints].join("\n") }];
  }
}

/** Keeps the text of a failing input, and beside it what was wrong. */
function save(seed: number, { index, kind, text }: FuzzInput, problem: Problem): string {
  mkdirSync(saved, { recursive: true });
  const file = path.join(saved, `${seed}-${index}${kind === "settings" ? ".tac.yml" : ".tac"}`);
  writeFileSync(file, text);
  writeFileSync(`${file}.json`, JSON.stringify(problem, undefined, 2));
  return file;
}
