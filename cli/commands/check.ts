import path from "node:path";
import { createFileCheck } from "#language/diagnostics/check-file.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { maximumSourceBytes, readTextFile } from "#runs/session/source-files.ts";
import { findCheckable } from "../checkable-files.ts";
import { diagnosticLines } from "../output/diagnostic-lines.ts";
import { toSarif } from "../output/sarif.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { UsageError } from "../usage-error.ts";

/** `check [PATH…]`: what is wrong with the files. Exit code 1 when there is an error. */
export async function check(paths: readonly string[], format: "text" | "json" | "sarif"): Promise<ExitCode> {
  const files = await findCheckable(paths.length > 0 ? paths : ["."]);
  const sources = new Map<string, string>();
  const wasm = path.join(sandboxSetup.runtimeFolder, "lua.wasm");
  const checkFile = createFileCheck(await createWasmEngineFactory({ wasm }));
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const text = await textOf(file);
    sources.set(file, text);
    diagnostics.push(...checkFile(text, file));
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  const report = { diagnostics, files: files.length, errors, warnings };
  if (format === "json") process.stdout.write(`${JSON.stringify(report)}\n`);
  else if (format === "sarif") process.stdout.write(`${JSON.stringify(toSarif(diagnostics))}\n`);
  else process.stdout.write(`${diagnosticLines(report, sources).join("\n")}\n`);
  return errors > 0 ? exitCodes.failed : exitCodes.done;
}

async function textOf(file: string): Promise<string> {
  const read = await readTextFile(file, { maximumBytes: maximumSourceBytes, followLinks: true });
  if (read.ok) return read.value;
  throw new UsageError(read.error.message);
}
