import type { EvaluationProblem } from "#language/declarations/evaluated-declarations.ts";
import type { EvaluatedModules } from "#language/declarations/evaluated-modules.ts";
import type { LuaError } from "#lua/engine.ts";
import { primitives } from "#vocabulary/words.ts";

/** Why an evaluation must end now. */
export interface EvaluationStop {
  readonly reason: "deadline" | "memory" | "size";
  readonly message: string;
}

interface ProblemContext {
  readonly modules: EvaluatedModules;
  /** What ended the evaluation from outside. */
  readonly stop: EvaluationStop | undefined;
  readonly isCertain: boolean;
}

const reasons: Readonly<Record<LuaError["kind"], EvaluationProblem["reason"]>> = {
  runtime: "error",
  conversion: "error",
  aborted: "deadline",
  memory: "memory",
  instructions: "instructions",
  syntax: "syntax",
};

/** What an error of Lua says to the person who edits the file. */
export function evaluationProblem(
  error: LuaError,
  { modules, stop, isCertain }: ProblemContext,
): EvaluationProblem {
  const { text, place } = withoutPlace(error.message, modules);
  const position = place ?? error.position;
  const uri = position && modules.uriOf(position.chunk);
  const topLine = lineOfMain(error, position, modules);
  return {
    reason: stop?.reason ?? reasons[error.kind],
    message: stop?.message ?? explained(text, error.kind),
    ...(position && uri !== undefined && { uri, line: position.line }),
    ...(topLine !== undefined && { topLine }),
    isCertain,
  };
}

interface Place {
  readonly chunk: string;
  readonly line: number;
}

/** Errors say where they are: `a.tac:3: …`; the place that they say is the one that is meant. */
function withoutPlace(
  message: string,
  modules: EvaluatedModules,
): { readonly text: string; readonly place?: Place } {
  const match = /^([^\n]+?):(\d+): /.exec(message);
  const chunk = match?.[1];
  if (!match || chunk === undefined || modules.uriOf(chunk) === undefined) return { text: message };
  return { text: message.slice(match[0].length), place: { chunk, line: Number(match[2]) } };
}

function explained(text: string, kind: LuaError["kind"]): string {
  if (kind === "instructions") return "The declarations compute for too long: the evaluation ended.";
  const missing = /\((?:global|field) '(\w+)'\)$/.exec(text)?.[1];
  if (missing === undefined || !Object.hasOwn(primitives, missing)) return text;
  return `${missing} can be used only while a procedure runs, not while the file is loaded.`;
}

/** The traceback names every frame; the innermost of the evaluated file is where it stopped. */
function lineOfMain(
  error: LuaError,
  position: Place | undefined,
  modules: EvaluatedModules,
): number | undefined {
  const lines = (error.traceback ?? "").split("\n").flatMap((frame) => {
    const match = /^\s+([^\n]+?):(\d+): in /.exec(frame);
    return match?.[1] === modules.mainChunk ? [Number(match[2])] : [];
  });
  return lines.at(-1) ?? (position?.chunk === modules.mainChunk ? position.line : undefined);
}
