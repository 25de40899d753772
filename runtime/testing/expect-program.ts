import { expect } from "vitest";
import { type RunSourceOptions, type RunSourceResult, runSource } from "./run-source.ts";

/** One program and how it must end. For tables of tests. */
export interface ProgramCase {
  readonly name: string;
  /** Declarations; with `body` alone they are empty. */
  readonly declare?: string;
  /** Text of the main procedure's function. */
  readonly body: string;
  readonly options?: RunSourceOptions;
  readonly result?: unknown;
  /** Code, or a part of the message, of the failure. */
  readonly fails?: string | RegExp;
}

/** Runs the case and checks its result or its failure. */
export function expectProgram(program: ProgramCase): RunSourceResult {
  const source = `${program.declare ?? ""}\nProcedure { function(input)\n${program.body}\nend }`;
  const run = runSource(source, program.options);
  const { error, result } = run.finished;
  if (program.fails === undefined) {
    expect(error).toBeUndefined();
    expect(result).toEqual(program.result);
  } else if (typeof program.fails === "string") expect(error?.code).toBe(program.fails);
  else expect(error?.message).toMatch(program.fails);
  return run;
}
