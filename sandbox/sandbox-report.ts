import { ok, type Result } from "#common/result.ts";
import type { ImageVariant } from "./docker/runtime-image.ts";
import type { IsolationFacts, IsolationName, IsolationUnavailable } from "./isolation.ts";
import { openIsolation } from "./open-isolation.ts";
import type { SelfTest } from "./self-test/self-test.ts";
import type { SandboxSetup } from "./setup.ts";

/** `sandbox doctor`: what this machine can give, for each isolation. */
export type SandboxReport = Readonly<Record<IsolationName, IsolationReport>>;

export type IsolationReport =
  | ({ readonly available: true } & IsolationFacts)
  | ({ readonly available: false } & IsolationUnavailable);

/** `sandbox build`. */
export interface BuiltImage {
  readonly image: string;
  /** False when the engine had it already. */
  readonly built: boolean;
  readonly bytes: number;
}

/** `sandbox prune`: ids of the containers and names of the images that were removed. */
export interface PrunedSandbox {
  readonly containers: readonly string[];
  readonly images: readonly string[];
}

/** Asks both isolations what they can give here. */
export async function sandboxReport(setup: SandboxSetup): Promise<SandboxReport> {
  const [docker, embedded] = await Promise.all([
    isolationReport("docker", setup),
    isolationReport("embedded", setup),
  ]);
  return { docker, embedded };
}

async function isolationReport(name: IsolationName, setup: SandboxSetup): Promise<IsolationReport> {
  const checked = await (await openIsolation(name, setup)).describe();
  return checked.ok ? { available: true, ...checked.value } : { available: false, ...checked.error };
}

/** `sandbox doctor --self-test`: what each isolation held when it was tried. */
export type SelfTestReport = Readonly<Record<IsolationName, SelfTest>>;

/** Tries what a sandbox must refuse inside real ones, with the settings that runs have. */
export async function selfTestReport(setup: SandboxSetup): Promise<SelfTestReport> {
  const { selfTest } = await import("./self-test/self-test.ts");
  const [docker, embedded] = await Promise.all([
    openIsolation("docker", setup).then(selfTest),
    openIsolation("embedded", setup).then(selfTest),
  ]);
  return { docker, embedded };
}

/** Makes an image of this installation, unless the engine has it. */
export async function buildSandboxImage(
  setup: SandboxSetup,
  variant: ImageVariant = {},
): Promise<Result<BuiltImage, IsolationUnavailable>> {
  const { openEngine } = await import("./docker/open-engine.ts");
  const { describeImage, ensureImage } = await import("./docker/runtime-image.ts");
  const [engine, image] = await Promise.all([openEngine(setup.dockerHost), describeImage(setup, variant)]);
  if (!engine.ok) return engine;
  if (!image.ok) return image;
  const ensured = await ensureImage(engine.value.client, image.value);
  return ensured.ok ? ok({ image: image.value.tag, ...ensured.value }) : ensured;
}

/** Removes what earlier runs and versions left: abandoned containers, and our images except the current ones. */
export async function pruneSandbox(
  setup: SandboxSetup,
): Promise<Result<PrunedSandbox, IsolationUnavailable>> {
  const { openEngine } = await import("./docker/open-engine.ts");
  const { reapContainers } = await import("./docker/reaper.ts");
  const { describeImage, removeOldImages } = await import("./docker/runtime-image.ts");
  const [engine, ...variants] = await Promise.all([
    openEngine(setup.dockerHost),
    describeImage(setup),
    describeImage(setup, { python: true }),
  ]);
  if (!engine.ok) return engine;
  const containers = await reapContainers(engine.value.client);
  const current = variants.flatMap((image) => (image.ok ? [image.value.tag] : []));
  const images = await removeOldImages(engine.value.client, current);
  return ok({ containers, images });
}
