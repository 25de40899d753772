import { isPlainScript, isScriptDeclaration } from "#vocabulary/script-statements.ts";
import { topLevelLines } from "./lua-lines.ts";

/** The text to run of a file, and whether it was a plain script. */
export interface ScriptText {
  readonly source: string;
  readonly isScript: boolean;
}

/**
 * A file without a Procedure can be a plain script: declarations, then statements, then `return {…}`. The statements
 * are wrapped into a procedure, on the lines where they stand, so that every line number of the source stays.
 */
export function wrapScript(source: string): ScriptText {
  const top = topLevelLines(source);
  const isScript = isPlainScript(top.map(({ text }) => text));
  const first = isScript ? top.find(({ text }) => !isScriptDeclaration(text)) : undefined;
  if (!first) return { source, isScript: false };
  const lines = source.split("\n");
  const before = lines.slice(0, first.index);
  const body = lines.slice(first.index).join("\n");
  const wrapped = [...before, `Procedure { function(input) ${body}`, "end }"].join("\n");
  return { source: wrapped, isScript: true };
}
