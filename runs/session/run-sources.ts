import { readModules } from "#runs/session/modules.ts";
import { maximumSourceBytes } from "#runs/session/source-files.ts";
import { ConfinedFolder } from "#sandbox/workspace/confined-folder.ts";
import { readProtection } from "#sandbox/workspace/path-policy.ts";

/** A source of a run, as it is in the folder now. */
export interface RunSource {
  /** Relative to the workspace root, with `/`. */
  readonly file: string;
  readonly source: string;
}

/**
 * The procedure of a run and the modules that it requires by name, as they are now: a journal keeps no sources. A
 * journal may come with a folder, so the file that it names is read under the rules of the workspace.
 */
export async function readRunSources(workspaceRoot: string, file: string): Promise<readonly RunSource[]> {
  if (!file.endsWith(".tac")) return [];
  const folder = new ConfinedFolder(workspaceRoot);
  const whole = { offset: 0, length: maximumSourceBytes };
  const read = await folder.read(file, readProtection, whole);
  if (!read.ok || read.value.size > maximumSourceBytes) return [];
  const source = new TextDecoder().decode(read.value.bytes);
  const modules = await readModules({ workspaceRoot, file: `${workspaceRoot}/${file}` }, source);
  return [{ file, source }, ...Object.values(modules)];
}
