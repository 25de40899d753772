import type { Manifest, ManifestSources } from "#language/manifest/manifest.ts";
import {
  dynamicTarget,
  type ManifestCapability,
  type ManifestEntry,
} from "#protocol/reports/manifest-report.ts";
import { EntryList } from "./capabilities/entry-list.ts";
import { addEverything, addProgramEntries } from "./capabilities/program-entries.ts";
import { configEntries } from "./config-entries.ts";
import { limitEntries } from "./limit-entries.ts";
import type { SourceFile } from "./sources/placed.ts";
import { gatherProgram } from "./sources/program.ts";
import { SourceLookup } from "./sources/source-lookup.ts";

/** What a procedure may touch: what its code asks for, what its config brings, and the limits that hold. */
export function buildManifest(sources: ManifestSources): Manifest {
  const file = sources.describe(sources.uri);
  const used = usedCapabilities(sources);
  const config = configEntries(sources.config.decisions, (capability, name) =>
    mayUse(used, capability, name),
  );
  return { file, entries: [...used, ...config, ...limitEntries(sources.config, file)] };
}

/**
 * What the code of a procedure, of its modules and of the procedures that it runs may use. The broker refuses anything
 * else.
 */
export function usedCapabilities(sources: ManifestSources): readonly ManifestEntry[] {
  const { uri, project, describe, config } = sources;
  const lookup = new SourceLookup(project, describe);
  const list = new EntryList();
  const file = describe(uri);
  const root = lookup.file(file);
  const start = { file, line: 1 };
  if (!root) addEverything(list, start, "the file is larger than any that is read");
  if (sources.isIncomplete) addEverything(list, start, "there are more modules and procedures than are read");
  const programs = new Set<SourceFile>(root ? [root] : []);
  for (const starts of programs) {
    const program = gatherProgram(starts, lookup);
    const { globals } = program;
    addProgramEntries({ program, globals, config: config.config, servers: serversIn(config), list });
    for (const run of program.runs) programs.add(run);
  }
  return list.entries;
}

/** The MCP servers that config files name, given or not. */
function serversIn({ decisions }: ManifestSources["config"]): ReadonlySet<string> {
  const paths = decisions.map(({ written }) => written.path);
  return new Set(paths.flatMap(([section, name]) => (section === "mcp_servers" ? [String(name)] : [])));
}

/** Whether the code may use what a config defines under a name. */
function mayUse(used: readonly ManifestEntry[], capability: ManifestCapability, name: string): boolean {
  return used.some(
    (entry) =>
      entry.capability === capability &&
      (entry.target === dynamicTarget ||
        capability === "tool.plugin" ||
        entry.target === name ||
        entry.target.startsWith(`${name}.`) ||
        entry.target.startsWith(`${name}/`)),
  );
}
