import { ok, type Result } from "#common/result.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { resolveHostPath } from "#language/sidecar/host-path.ts";
import type { ConfigLayer } from "#language/sidecar/layers.ts";
import { procedureOf } from "#review/assessment/config-side.ts";
import type { ReviewSide, Sides } from "#review/assessment/review-side.ts";
import type { NamedPaths } from "#review/assessment/reviewed-kinds.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { ChangedFile } from "#review/trees/find-renames.ts";

/** What the configs around changed files name, in base or in head: a plugin stays one when its config is taken away. */
export async function readNamedPaths(
  sides: Sides,
  changed: readonly ChangedFile[],
): Promise<Result<NamedPaths, ReviewProblem>> {
  const named = { plugins: new Set<string>(), servers: new Set<string>(), sidecars: new Set<string>() };
  const folders = new Set<string>();
  for (const { path } of changed) for (const folder of foldersAbove(path)) folders.add(folder);
  for (const side of [sides.base, sides.head]) {
    const procedures = [
      ...[...folders].map((folder) => `${folder}any.tac`),
      ...changed.flatMap(({ path }) => procedureNear(path)),
    ];
    for (const procedure of new Set(procedures)) {
      const layers = await side.configs.layersOf(procedure);
      if (!layers.ok) return layers;
      for (const layer of layers.value) addNamed(named, layer);
    }
    const sidecars = await sidecarsAmong(side, changed);
    if (!sidecars.ok) return sidecars;
    for (const path of sidecars.value) named.sidecars.add(path);
  }
  return ok({ plugins: [...named.plugins], servers: [...named.servers], sidecars: named.sidecars });
}

function foldersAbove(path: string): string[] {
  const steps = path.split("/").slice(0, -1);
  return ["", ...steps.map((_, index) => `${steps.slice(0, index + 1).join("/")}/`)];
}

/** The procedure whose sidecar may name something. */
function procedureNear(path: string): readonly string[] {
  if (fileKindOf(path) === "procedure") return [path];
  return path.endsWith(".yml") ? [procedureOf(path)] : [];
}

/** `a.yml` is a sidecar only where there is an `a.tac`. */
async function sidecarsAmong(
  { tree }: ReviewSide,
  changed: readonly ChangedFile[],
): Promise<Result<readonly string[], ReviewProblem>> {
  const found: string[] = [];
  for (const { path } of changed) {
    if (!path.endsWith(".yml") || fileKindOf(path) !== undefined) continue;
    const procedure = await tree.find(procedureOf(path));
    if (!procedure.ok) return procedure;
    if (procedure.value) found.push(path);
  }
  return ok(found);
}

function addNamed(named: { plugins: Set<string>; servers: Set<string> }, { read }: ConfigLayer): void {
  const { config, file } = read;
  const folder = file.replace(/(^|\/)\.tactus\/config\.yml$/, "$1x").replace(/\/?[^/]*$/, "");
  const add = (to: Set<string>, written: string): void => {
    const path = resolveHostPath(written, { folder: `/${folder}` }).replace(/^\//, "");
    to.add(path);
  };
  for (const written of config?.tool_paths ?? []) add(named.plugins, written);
  const { mcp_servers_path: servers } = config?.sandbox ?? {};
  if (servers !== undefined) add(named.servers, servers);
  for (const { command, args = [] } of Object.values(config?.mcp_servers ?? {}))
    for (const word of [command, ...args])
      if (word !== undefined && /[./]/.test(word)) add(named.servers, word);
}
