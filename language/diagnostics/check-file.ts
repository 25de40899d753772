import { checkSyntax } from "#language/diagnostics/check-syntax.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { readConfig } from "#language/sidecar/read-config.ts";
import type { LuaEngine } from "#lua/engine.ts";

/** What a file is, by its name: only these are checked. */
export type FileKind = "procedure" | "config";

/** The kind of a file; undefined for files that are none of ours. Separators may be those of any system. */
export function fileKindOf(file: string): FileKind | undefined {
  if (file.endsWith(".tac")) return "procedure";
  if (/\.tac\.ya?ml$/.test(file) || /(^|[\\/])\.tactus[\\/]config\.yml$/.test(file)) return "config";
  return undefined;
}

/** Everything that is found in one file: the same for the command line and the editor. */
export function checkFile(
  text: string,
  file: string,
  engine: Pick<LuaEngine, "load">,
): readonly Diagnostic[] {
  const kind = fileKindOf(file);
  if (kind === "procedure") return checkSyntax(engine, text, file);
  return kind === "config" ? readConfig(text, file).problems : [];
}
