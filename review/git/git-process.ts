import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";

/** What a git process of ours is started with. */
export interface GitSetup {
  readonly program: string;
  /** The borrowed repository. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Starts git. Its environment is made here and nothing is inherited: `GIT_*` variables could name programs, and a
 * repository's own settings are not in the one that it is given.
 */
export function startGit(
  { program, folder, signal }: GitSetup,
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  return spawn(program, ["--no-pager", "--no-optional-locks", ...args], {
    cwd: folder,
    env: environment(program, folder),
    signal,
    killSignal: "SIGKILL",
    windowsHide: true,
    stdio: "pipe",
  });
}

function environment(program: string, folder: string): NodeJS.ProcessEnv {
  const nowhere = process.platform === "win32" ? "NUL" : "/dev/null";
  const systemRoot = process.env["SystemRoot"];
  return {
    ...(systemRoot !== undefined && { SystemRoot: systemRoot }),
    PATH: path.dirname(program),
    HOME: folder,
    LC_ALL: "C",
    GIT_DIR: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: nowhere,
    GIT_CONFIG_GLOBAL: nowhere,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: nowhere,
  };
}

/** What a short-lived git prints; undefined when it fails, or prints more than anybody reads. */
export async function gitOutput(setup: GitSetup, args: readonly string[]): Promise<string | undefined> {
  const signal = AbortSignal.any([setup.signal, AbortSignal.timeout(mostMilliseconds)]);
  const process = startGit({ ...setup, signal }, args);
  const ended = new Promise<number | null>((resolve) => {
    process.once("error", () => resolve(null));
    process.once("close", resolve);
  });
  process.stdin.on("error", () => {}).end();
  process.stderr.resume();
  let text = "";
  for await (const chunk of process.stdout.setEncoding("utf8")) {
    text += String(chunk);
    if (text.length > mostOutput) process.kill("SIGKILL");
  }
  return (await ended) === 0 ? text : undefined;
}

const mostOutput = 64 * 1024;
const mostMilliseconds = 60_000;
