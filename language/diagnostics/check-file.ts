import { checkSyntax } from "#language/diagnostics/check-syntax.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { readConfig } from "#language/sidecar/read-config.ts";
import type { EngineOptions, LuaEngine } from "#lua/engine.ts";

/** Finds everything that is wrong in the text of a file. */
export type CheckFile = (text: string, file: string) => readonly Diagnostic[];

/** Compiling runs nothing, so the budget only bounds the compiler's memory. */
const compilerOptions: EngineOptions = {
  memoryBytes: 256 * 1024 * 1024,
  instructions: 1_000_000,
  seed: 0,
  now: () => 0,
  print: () => {},
};

/**
 * The check of the command line and of the editor. Each file has an engine of its own, so that no source leaves
 * anything behind for the next.
 */
export function createFileCheck(createEngine: (options: EngineOptions) => LuaEngine): CheckFile {
  return (text, file) => {
    const kind = fileKindOf(file);
    if (kind === undefined) return [];
    return kind === "config" ? readConfig(text, file).problems : checkProcedure(createEngine, text, file);
  };
}

function checkProcedure(
  createEngine: (options: EngineOptions) => LuaEngine,
  text: string,
  file: string,
): readonly Diagnostic[] {
  const engine = createEngine(compilerOptions);
  try {
    return checkSyntax(engine, text, file);
  } finally {
    engine.close();
  }
}
