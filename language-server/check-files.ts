import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import type { LanguageHost } from "./host.ts";
import { Workspace } from "./workspace/workspace.ts";

/** A file to be checked, with the text that it has. */
export interface CheckedFile {
  readonly uri: string;
  readonly text: string;
}

/**
 * What the editor would show in some files, in their order: the same workspace, the same rules. Findings name files by
 * their URIs. Modules and configuration around the files are read from the host.
 */
export async function checkFiles(
  host: LanguageHost,
  folders: readonly string[],
  files: readonly CheckedFile[],
): Promise<readonly Diagnostic[]> {
  const workspace = new Workspace(host);
  workspace.folders = folders;
  for (const { uri, text } of files) workspace.setText(uri, text);
  for (const { uri } of files) {
    if (fileKindOf(uri) === "config") await workspace.configs.prepare();
    await workspace.loadConfiguration(uri);
    if (fileKindOf(uri) === "procedure") await workspace.loadModules(uri);
    await workspace.loadEmbedded(uri);
  }
  for (const { uri, text } of files) {
    const request = workspace.project.evaluationRequest(uri);
    if (request) workspace.project.setEvaluation(uri, text, await host.evaluator.evaluate(request));
  }
  return files.flatMap(({ uri }) => workspace.diagnose(uri));
}
