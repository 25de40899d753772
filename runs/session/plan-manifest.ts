import type { Manifest, ManifestSources } from "#language/manifest/manifest.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";
import type { Plan } from "#runs/session/plan.ts";

/** The parts of a plan that a manifest is made from. */
type PlannedCode = Pick<
  Plan,
  "file" | "source" | "modules" | "programs" | "isWhole" | "config" | "decisions" | "ungranted"
>;

const usedByPlan = new WeakMap<PlannedCode, Promise<readonly ManifestEntry[]>>();

/** What the code of a plan may use. Found out once, when it is first asked for: most of it runs while a sandbox starts. */
export function plannedCapabilities(plan: PlannedCode): Promise<readonly ManifestEntry[]> {
  const known = usedByPlan.get(plan) ?? capabilitiesOf(plan);
  usedByPlan.set(plan, known);
  return known;
}

/** Everything that a run of this plan may touch. */
export async function planManifest(plan: PlannedCode): Promise<Manifest> {
  const [{ buildManifest }, sources] = await Promise.all([loadManifest(), sourcesOf(plan)]);
  return buildManifest(sources);
}

async function capabilitiesOf(plan: PlannedCode): Promise<readonly ManifestEntry[]> {
  const [{ usedCapabilities }, sources] = await Promise.all([loadManifest(), sourcesOf(plan)]);
  return usedCapabilities(sources);
}

/** Loaded when it is first needed: no start of a run waits for the parser. */
function loadManifest(): Promise<typeof import("#language/manifest/build-manifest.ts")> {
  return import("#language/manifest/build-manifest.ts");
}

/** The texts of the plan as a project; files are known by their names in reports. */
async function sourcesOf(plan: PlannedCode): Promise<ManifestSources> {
  const { Project } = await import("#language/project/project.ts");
  const { file, source, modules, programs, isWhole, config, decisions, ungranted } = plan;
  const project = new Project();
  project.setText(file, source);
  for (const part of [{ modules }, ...programs]) {
    for (const module of Object.values(part.modules)) project.setText(module.file, module.source);
    if ("file" in part) project.setText(part.file, part.source);
  }
  return {
    uri: file,
    project,
    describe: (uri) => uri,
    config: { config, decisions, ungranted, problems: [] },
    isIncomplete: !isWhole,
  };
}
