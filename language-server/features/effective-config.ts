import {
  type EffectiveConfigAnswer,
  type EffectiveConfigParams,
  effectiveConfigMethod,
} from "#protocol/editor/effective-config.ts";
import type { WorkspaceFeature } from "../feature.ts";

/** What all config files together come to for a file, each value with its origin. */
export const effectiveConfig: WorkspaceFeature<EffectiveConfigParams, EffectiveConfigAnswer | null> = {
  method: effectiveConfigMethod,
  capabilities: () => ({}),
  workspace: async ({ configReading, folders }, { uri, granted }) => {
    const [reading, { answerEffectiveConfig }] = await Promise.all([
      configReading(),
      import("../yaml/effective-config.ts"),
    ]);
    const root = folders.find((folder) => uri.startsWith(`${folder}/`));
    const title = decodeURIComponent(
      root === undefined ? uri.slice(uri.lastIndexOf("/") + 1) : uri.slice(root.length + 1),
    );
    return answerEffectiveConfig(reading.layered(uri), title, granted);
  },
};
