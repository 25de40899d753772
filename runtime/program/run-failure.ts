import { errorText } from "#common/error-text.ts";
import { cutText } from "#common/visible-text.ts";
import { LuaError, type LuaErrorKind } from "#lua/engine.ts";
import type { RunFailure } from "#protocol/events/events.ts";
import { codeOf, ProcedureFailure } from "../vm/procedure-failure.ts";
import type { RaisedCodes } from "../vm/raised-codes.ts";

const codesByKind: Readonly<Record<Exclude<LuaErrorKind, "runtime">, string>> = {
  memory: "limit-memory",
  instructions: "limit-instructions",
  aborted: "cancelled",
  syntax: "syntax-error",
  conversion: "lua-error",
};

const messagesByCode: Readonly<Record<string, string>> = {
  "limit-memory": "The procedure needed more memory than it may use.",
  "limit-instructions": "The procedure ran more instructions than it may.",
  "limit-time": "The procedure took longer than it may.",
  "limit-output": "The procedure produced more output than it may.",
};

/** What helps to read an error of Lua. */
export interface KnownSources {
  /** Names of the files that were loaded. */
  readonly chunks: readonly string[];
  readonly raised: RaisedCodes | undefined;
}

/** Before anything was loaded. */
export const noSources: KnownSources = { chunks: [], raised: undefined };

/** Letters of a message or a stack that reach people: a procedure may raise a text of any length. */
const mostLetters = 16 * 1024;

/** What ended a run, for people: a code, a message without the places that Lua puts before it, and the place apart. */
export function runFailure(thrown: unknown, known: KnownSources): RunFailure {
  const { message, stack, ...failure } = wholeFailure(thrown, known);
  return {
    ...failure,
    message: bounded(message),
    ...(stack === undefined ? {} : { stack: bounded(stack) }),
  };
}

function bounded(text: string): string {
  const kept = cutText(text, mostLetters);
  return kept.length === text.length ? text : `${kept}… ${text.length - kept.length} more characters`;
}

function wholeFailure(thrown: unknown, known: KnownSources): RunFailure {
  if (!(thrown instanceof LuaError)) return hostFailure(thrown);
  const { message, place } = withoutPlaces(thrown.message, known.chunks);
  const code = codeOfLua(thrown) ?? known.raised?.codeOf(message) ?? "lua-error";
  const position = thrown.position ?? place;
  return {
    code,
    message: messagesByCode[code] ?? message,
    ...(position ? { file: position.chunk, line: position.line } : {}),
    ...(thrown.traceback === undefined ? {} : { stack: thrown.traceback }),
  };
}

/** A failure outside of Lua's code: while declarations are checked, or on the way in or out. */
function hostFailure(thrown: unknown): RunFailure {
  const code = codeOf(thrown) ?? "internal-error";
  const at = thrown instanceof ProcedureFailure ? thrown.at : undefined;
  return { code, message: errorText(thrown), ...at };
}

function codeOfLua(error: LuaError): string | undefined {
  return error.kind === "runtime" ? codeOf(error) : codesByKind[error.kind];
}

const placeBefore = /^(\.\.\.)?([^\n]*?):(\d+): /;

/** Lua writes `file:line: ` before messages, once for each time they are raised; long names are cut at their start. */
function withoutPlaces(
  text: string,
  chunks: readonly string[],
): { message: string; place: { chunk: string; line: number } | undefined } {
  const match = placeBefore.exec(text);
  const [prefix, cut, name, line] = match ?? [];
  const chunk =
    name === undefined ? undefined : chunks.find((known) => (cut ? known.endsWith(name) : known === name));
  if (prefix === undefined || chunk === undefined) return { message: text, place: undefined };
  const inner = withoutPlaces(text.slice(prefix.length), chunks);
  return { message: inner.message, place: inner.place ?? { chunk, line: Number(line) } };
}
