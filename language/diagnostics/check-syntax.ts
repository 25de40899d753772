import type { TextRange } from "#common/text-position.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { type LuaEngine, LuaError } from "#lua/engine.ts";

/** What the Lua compiler says about a source: at most one finding, since it stops at the first. */
export function checkSyntax(engine: Pick<LuaEngine, "load">, source: string, file: string): Diagnostic[] {
  try {
    engine.load(source, file).release();
    return [];
  } catch (error) {
    if (!(error instanceof LuaError)) throw error;
    return [syntaxDiagnostic(error, source, file)];
  }
}

function syntaxDiagnostic(error: LuaError, source: string, file: string): Diagnostic {
  const message = withoutPlace(error.message);
  const range = rangeOf(source, error.position?.line ?? 1, message);
  return { file, range, severity: "error", code: "syntax-error", source: "tactus", message };
}

/** The compiler starts its messages with `chunk:line:`, which every reader shows in its own way. */
function withoutPlace(message: string): string {
  return message.replace(/^.*?:\d+:\s*/s, "");
}

/** The token that the compiler names, else the whole line. */
function rangeOf(source: string, line: number, message: string): TextRange {
  const text = source.split(/\r?\n/)[line - 1] ?? "";
  const token = /near '([^'\n]+)'$/.exec(message)?.[1];
  const found = token === undefined ? -1 : text.lastIndexOf(token);
  const start = found >= 0 ? found : Math.max(0, text.search(/\S/));
  const end = found >= 0 ? found + (token?.length ?? 0) : text.trimEnd().length;
  return {
    start: { line: line - 1, character: start },
    end: { line: line - 1, character: Math.max(start, end) },
  };
}
