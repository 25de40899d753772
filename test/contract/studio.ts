import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The launcher of the built command. */
export const studioCommand: string = path.resolve(import.meta.dirname, "../../bin/tactus-studio");

export interface Outcome {
  /** Exit code; 128 and more for signals, as shells count. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with files that is gone after the test, and a home folder of its own. */
export interface Desk {
  readonly folder: string;
  readonly home: string;
  /** Runs the built command to its end. */
  studio(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** Starts it and leaves it running. */
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): RunningStudio;
  [Symbol.dispose](): void;
}

export interface RunningStudio {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
  /** Resolves when standard output holds a text. */
  shows(text: string): Promise<void>;
}

/** Lays out files (`home/…` go to the home folder) and gives the command line (or a variant of it) over them, in an environment. */
export function openDesk(
  files: Readonly<Record<string, string>>,
  surroundings: Readonly<Record<string, string>> = {},
  command: readonly string[] = [studioCommand],
): Desk {
  const root = mkdtempSync(path.join(tmpdir(), "tactus-contract-"));
  const folder = path.join(root, "workspace");
  const home = path.join(root, "home");
  for (const place of [folder, home]) mkdirSync(place);
  for (const [name, text] of Object.entries(files)) {
    const file = name.startsWith("home/") ? path.join(root, name) : path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    startStudio([...command, ...args], folder, {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      ...surroundings,
      ...environment,
    });
  return {
    folder,
    home,
    start,
    studio: (args, environment) => {
      const running = start(args, environment);
      running.process.stdin?.end();
      return running.outcome;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

function startStudio(
  [program = "", ...args]: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): RunningStudio {
  const child = spawn(program, args, { cwd, env, stdio: "pipe" });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const outcome = new Promise<Outcome>((resolve) => {
    child.on("close", (code, signal) => resolve({ code: code ?? (signal ? 128 : -1), stdout, stderr }));
  });
  return {
    process: child,
    outcome,
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stdout.includes(text)) resolve();
        };
        child.stdout.on("data", look);
        child.on("close", () => reject(new Error(`It ended without showing ${text}:\n${stdout}\n${stderr}`)));
        look();
      }),
  };
}
