import type { StartProblem } from "#runs/session/session.ts";

/** Why a request can't be done, for the person who made it. Codes are listed in docs/errors.md. */
export class AdapterProblem extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A client asks for something before there is anything to ask about. */
export function nothingDebugged(): AdapterProblem {
  return new AdapterProblem(
    "debug-not-started",
    "Nothing is being debugged yet: launch a procedure or a run first.",
  );
}

/** There is nothing further back. */
export function atTheStart(): AdapterProblem {
  return new AdapterProblem("debug-at-start", "This is the start of the run: there is nothing before it.");
}

/** A run has no record of the kind that is asked for. */
export function noSuchMoment(what: string): AdapterProblem {
  return new AdapterProblem("debug-no-checkpoint", `The record of this run has no ${what}.`);
}

/** The run goes on: it must be stopped to be looked at. */
export function notStopped(): AdapterProblem {
  return new AdapterProblem("debug-running", "The run is under way: pause it to look at it.");
}

/** Why a run was not started, with what to do about it. */
export function startFailed({ code, message, remedy, file, line }: StartProblem): AdapterProblem {
  const place = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `;
  return new AdapterProblem(code, `${place}${message}${remedy === undefined ? "" : ` ${remedy}`}`);
}
