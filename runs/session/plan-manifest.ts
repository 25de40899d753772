import type { Manifest, ManifestSources } from "#language/manifest/manifest.ts";
import type { Surroundings } from "#language/semantics/procedure-file.ts";
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

/** The texts of the plan; files are known by their names in reports. */
async function sourcesOf(plan: PlannedCode): Promise<ManifestSources> {
  const { ProcedureFile } = await import("#language/semantics/procedure-file.ts");
  const { file, source, modules, programs, isWhole, config, decisions, ungranted } = plan;
  const parts = [{ file, source, modules }, ...programs];
  const texts = new Map(
    parts.flatMap((part) => [part, ...Object.values(part.modules)]).map((each) => [each.file, each.source]),
  );
  const procedure: ManifestSources["project"]["procedure"] = (name) => {
    const text = texts.get(name);
    return text === undefined ? undefined : new ProcedureFile(name, text, nothingAround);
  };
  return {
    uri: file,
    project: { procedure, procedureUris: () => texts.keys() },
    describe: (uri) => uri,
    config: { config, decisions, ungranted, problems: [] },
    isIncomplete: !isWhole,
  };
}

/** A manifest goes by scopes alone: types of other files are of no use. */
const nothingAround: Surroundings = { moduleType: () => undefined, globalOfModules: () => undefined };

/** Words without which a procedure reaches nothing; the libraries of the language do it through `require`. */
const reachingWord =
  /\b(?:Agent|DSPyAgent|Model|Module|LM|Classify\w*|File|Host|Human|Tool|Toolset|Corpus|mcp|require)\b/;

/**
 * Finds out ahead what the code of a plan may use, where it will likely be asked for. A failure is met where it is asked
 * for.
 */
export function anticipateCapabilities(plan: PlannedCode): void {
  if (reachingWord.test(plan.source)) plannedCapabilities(plan).catch(() => undefined);
}
