import { type ManifestEntry, manifestCapability } from "#protocol/reports/manifest-report.ts";

/** What the manifest of a run lists whose code may use anything: for tests about what comes behind the manifest. */
export const everythingListed = async (): Promise<readonly ManifestEntry[]> =>
  manifestCapability.options.map((capability) => ({
    capability,
    target: "dynamic",
    trust: "sandboxed",
    origin: { file: "a.tac", line: 1 },
    detail: "may use anything",
  }));
