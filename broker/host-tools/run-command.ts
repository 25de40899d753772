import { type ChildProcess, spawn } from "node:child_process";

export interface RunCommandOptions {
  readonly command: readonly [string, ...string[]];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Text for its standard input. */
  readonly input: string;
  readonly maximumOutputBytes: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How a program ended; a `reason` other than `exited` completes the sentence "the tool …". */
export type CommandEnd =
  | { readonly reason: "exited"; readonly code: number | null; readonly output: string }
  | {
      readonly reason: "could not be started" | "wrote too much and was ended" | "was ended";
    };

/**
 * Runs a program without a shell and with nothing in its environment but what is given. It leads a process group of
 * its own, so that what it starts ends with it.
 */
export function runCommand(options: RunCommandOptions): Promise<CommandEnd> {
  const [program, ...rest] = options.command;
  const child = spawn(program, rest, {
    cwd: options.folder,
    env: { ...options.environment },
    shell: false,
    detached: process.platform !== "win32",
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  return watch(child, options);
}

function watch(child: ChildProcess, options: RunCommandOptions): Promise<CommandEnd> {
  const { promise, resolve } = Promise.withResolvers<CommandEnd>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const end = (outcome: CommandEnd): void => {
    options.signal.removeEventListener("abort", cancel);
    killGroup(child);
    resolve(outcome);
  };
  const cancel = (): void => end({ reason: "was ended" });
  options.signal.addEventListener("abort", cancel, { once: true });
  child.stdout?.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > options.maximumOutputBytes) end({ reason: "wrote too much and was ended" });
    else chunks.push(chunk);
  });
  child.on("error", () => end({ reason: "could not be started" }));
  child.on("close", (code) =>
    end({ reason: "exited", code, output: Buffer.concat(chunks).toString("utf8") }),
  );
  child.stdin?.on("error", ignoreUnreadInput).end(options.input);
  if (options.signal.aborted) cancel();
  return promise;
}

/** A program may end without reading its input; its exit code and output count. */
function ignoreUnreadInput(): void {}

/** Ends the program and what it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // Everything of the group has ended already.
  }
}
