import { exitCodes } from "#protocol/exit-codes.ts";
import { problemText } from "./output/problem-text.ts";
import { buildProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";

/** The whole of `tactus-studio`: parses, runs the command, and leaves with its exit code. */
export async function commandLine(): Promise<never> {
  process.stdout.on("error", leaveWithoutReader);
  process.exitCode = await runCommand();
  await Promise.all([process.stdout, process.stderr].map(flushed));
  // A handle that is still open (a socket kept alive, a terminal) must not hold back the shell.
  return process.exit();
}

/** Commands load their own code, so that `--help` starts as fast as Node does. */
async function runCommand(): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(process.argv);
    return exitCode;
  } catch (error) {
    if (!(error instanceof UsageError)) return reportFault(error);
    if (error.message) process.stderr.write(`${problemText(error.message)}\n`);
    return error.exitCode;
  }
}

/** A mistake of ours, not of the person: it looks different and asks to be reported. */
function reportFault(error: unknown): number {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${problemText(`This is a fault of Tactus Studio, please report it.\n${details}`)}\n`);
  return exitCodes.failed;
}

/** The reader of our output went away (`| head`): there is nobody left to tell anything. */
function leaveWithoutReader(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(exitCodes.failed);
  throw error;
}

/** Resolves when everything that was written has left: a pipe with a slow reader takes a moment. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}
