import path from "node:path";
import type { ExitCode } from "#protocol/exit-codes.ts";
import type { StartProblem } from "#runs/session/session.ts";
import { printProblem } from "./output/problem-text.ts";

/** Says why nothing could be started; the exit code is the problem's. */
export function refuse(problem: StartProblem, workspaceRoot: string): ExitCode {
  const { file, line, message, remedy } = problem;
  const place =
    file === undefined
      ? ""
      : `${path.relative(process.cwd(), path.resolve(workspaceRoot, file))}${line ? `:${line}` : ""}: `;
  printProblem(`${place}${message}${remedy ? `\n${remedy}` : ""}`);
  return problem.exitCode;
}
