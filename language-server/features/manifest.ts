import { type ManifestAnswer, type ManifestParams, manifestMethod } from "#protocol/editor/manifest.ts";
import { canonicalUri } from "../canonical-uri.ts";
import type { WorkspaceFeature } from "../feature.ts";

/** What a procedure may touch, in plain sentences, each with its line; null for what is no procedure. */
export const manifest: WorkspaceFeature<ManifestParams, ManifestAnswer | null> = {
  method: manifestMethod,
  capabilities: () => ({}),
  workspace: async (context, { uri, granted }) => {
    const { manifestAnswer, procedureManifest } = await import("../procedure-manifest.ts");
    const built = await procedureManifest(procedureUri(canonicalUri(uri)), context, granted);
    return built ? manifestAnswer(built) : null;
  },
};

/** `a.tac.yml` and `a.yml` are about `a.tac`. */
function procedureUri(uri: string): string {
  if (!uri.endsWith(".yml")) return uri;
  const beside = uri.slice(0, -".yml".length);
  return beside.endsWith(".tac") ? beside : `${beside}.tac`;
}
