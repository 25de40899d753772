import { effectiveConfig } from "#language/sidecar/effective-config.ts";
import type { EffectiveConfig } from "#protocol/editor/effective-config.ts";
import { readFolderConfigs } from "#runs/session/config-files.ts";
import { configLayers } from "#runs/session/config-layers.ts";
import { readFolderGrants } from "#runs/trust/asked-entries.ts";

/** What the config files come to for whatever runs in a folder without a sidecar, as far as it was granted. */
export async function folderConfig(folder: string): Promise<EffectiveConfig> {
  const files = await readFolderConfigs({ workspaceRoot: folder, folder });
  if (!files.ok) {
    const problem = { code: "file-unreadable", message: files.error.message, file: folder, line: 1 };
    return { files: [], values: [], withheld: [], problems: [problem] };
  }
  const layers = await configLayers(files.value, folder);
  const grants = await readFolderGrants(files.value, layers, folder);
  return effectiveConfig(layers, {
    isGranted: (setting, layer) => grants.ok && grants.value.isGranted(setting, layer),
    variable: (name) => process.env[name],
  });
}
