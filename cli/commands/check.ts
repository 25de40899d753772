import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { withoutKeys } from "#language/text-checks/hidden-keys.ts";
import { canonicalUri } from "#language-server/canonical-uri.ts";
import { checkFiles } from "#language-server/check-files.ts";
import { createNodeEvaluator } from "#language-server/declaration-worker/node-evaluator.ts";
import { nodeHost } from "#language-server/node-host.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { maximumSourceBytes, readTextFile } from "#runs/session/source-files.ts";
import { findCheckable } from "../checkable-files.ts";
import { declarationWorker } from "../declaration-worker.ts";
import { diagnosticLines } from "../output/diagnostic-lines.ts";
import { toSarif } from "../output/sarif.ts";
import { print, printJson } from "../output/terminal.ts";
import { UsageError } from "../usage-error.ts";

/** `check [PATH…]`: what is wrong with the files, as the editor shows it. Exit code 1 when there is an error. */
export async function check(paths: readonly string[], format: "text" | "json" | "sarif"): Promise<ExitCode> {
  const files = await findCheckable(paths.length > 0 ? paths : ["."]);
  const sources = new Map<string, string>();
  for (const file of files) sources.set(file, await textOf(file));
  const diagnostics = await findings(sources);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  const report = { diagnostics, files: files.length, errors, warnings };
  if (format === "json") printJson(report);
  else if (format === "sarif") printJson(toSarif(diagnostics));
  else print(diagnosticLines(report, sources).join("\n"));
  return errors > 0 ? exitCodes.failed : exitCodes.done;
}

/** Findings name files as the person did. */
async function findings(sources: ReadonlyMap<string, string>): Promise<readonly Diagnostic[]> {
  const names = new Map([...sources.keys()].map((file) => [uriOf(file), file]));
  const nameOf = (uri: string): string => names.get(uri) ?? path.relative("", fileURLToPath(uri));
  const checked = [...sources].map(([file, text]) => ({ uri: uriOf(file), text }));
  const evaluator = createNodeEvaluator({ worker: declarationWorker });
  try {
    const found = await checkFiles({ ...nodeHost, evaluator }, [uriOf("")], checked);
    return found.map((diagnostic) => printable(diagnostic, nameOf));
  } finally {
    evaluator.dispose();
  }
}

/** Without the keys that it may quote: what is printed here ends up in logs and on code hosts. */
function printable(diagnostic: Diagnostic, nameOf: (uri: string) => string): Diagnostic {
  const { file, message, related, fixes } = diagnostic;
  return {
    ...diagnostic,
    file: nameOf(file),
    message: withoutKeys(message),
    ...(related && {
      related: related.map((place) => ({
        ...place,
        file: nameOf(place.file),
        message: withoutKeys(place.message),
      })),
    }),
    ...(fixes && {
      fixes: fixes.filter(({ edits }) => edits.every(({ text }) => withoutKeys(text) === text)),
    }),
  };
}

function uriOf(file: string): string {
  return canonicalUri(pathToFileURL(path.resolve(file)).href);
}

async function textOf(file: string): Promise<string> {
  const read = await readTextFile(file, { maximumBytes: maximumSourceBytes, followLinks: true });
  if (read.ok) return read.value;
  throw new UsageError(read.error.message);
}
