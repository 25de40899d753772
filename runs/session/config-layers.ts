import type { ConfigLayer } from "#language/sidecar/layers.ts";
import type { ConfigFileText } from "#runs/session/config-files.ts";
import { relativePath } from "#runs/session/modules.ts";

/**
 * Reads the texts of config files as layers; findings name files relative to the workspace root where they lie in it.
 * The reader (YAML and schemas) is loaded only when there is a file to read: most runs have none.
 */
export async function configLayers(
  files: readonly ConfigFileText[],
  workspaceRoot: string,
): Promise<readonly ConfigLayer[]> {
  if (files.length === 0) return [];
  const { readConfig } = await import("#language/sidecar/read-config.ts");
  return files.map(({ file, text, trusted, kind }) => ({
    read: readConfig(text, trusted ? file : relativePath(workspaceRoot, file), kind),
    trusted,
  }));
}
