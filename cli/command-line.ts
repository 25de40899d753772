import { exitCodes } from "#protocol/exit-codes.ts";
import { printProblem } from "./output/problem-text.ts";
import { flushPrinted, leaveWithoutReader } from "./output/terminal.ts";
import { buildProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";

/** The whole of `tactus-studio`: parses, runs the command, and leaves with its exit code. */
export async function commandLine(): Promise<never> {
  leaveWithoutReader(exitCodes.failed);
  process.exitCode = await runCommand();
  await flushPrinted();
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
    if (error.message) printProblem(error.message);
    return error.exitCode;
  }
}

/** A mistake of ours, not of the person: it looks different and asks to be reported. */
function reportFault(error: unknown): number {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  printProblem(`This is a fault of Tactus Studio, please report it.\n${details}`);
  return exitCodes.failed;
}
