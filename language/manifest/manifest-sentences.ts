import type { Manifest } from "#language/manifest/manifest.ts";
import type { ManifestCapability, ManifestEntry } from "#protocol/reports/manifest-report.ts";

/** What a manifest says about one kind of things, in plain words. */
export interface ManifestSection {
  readonly title: string;
  readonly sentences: readonly ManifestSentence[];
}

/** One entry as a sentence; its words are foreign text, and whoever shows them escapes them. */
interface ManifestSentence {
  readonly text: string;
  readonly entry: ManifestEntry;
}

/** A manifest in plain sentences, by what they are about; kinds that nothing is said of are left out. */
export function manifestSections(manifest: Manifest): readonly ManifestSection[] {
  return sections.flatMap(({ title, capabilities }) => {
    const entries = manifest.entries.filter(({ capability }) => capabilities.includes(capability));
    const sentences = entries.map((entry) => ({ text: sentenceOf(entry), entry }));
    return sentences.length > 0 ? [{ title, sentences }] : [];
  });
}

const sections: ReadonlyArray<{
  readonly title: string;
  readonly capabilities: readonly ManifestCapability[];
}> = [
  { title: "Models", capabilities: ["model"] },
  { title: "Tools", capabilities: ["tool.lua", "tool.mcp", "tool.plugin", "tool.host"] },
  { title: "People", capabilities: ["human"] },
  { title: "Files", capabilities: ["file.read", "file.write", "mount"] },
  { title: "Network", capabilities: ["network"] },
  { title: "Programs and surroundings", capabilities: ["command", "env", "image"] },
  { title: "Limits", capabilities: ["limit"] },
];

/** `The agent clerk may call the tool search.` */
export function sentenceOf(entry: ManifestEntry): string {
  const { detail, granted, name } = entry;
  const named = name === undefined ? "" : `, as ${name}`;
  const standing = granted === false ? ". It is not granted, so a run does without" : "";
  return `${subjectOf(entry)} ${detail}${named}${standing}.`;
}

function subjectOf({ agent, capability, origin }: ManifestEntry): string {
  if (agent !== undefined && agent !== "judge") return `The agent ${agent}`;
  if (agent === "judge") return "For tests,";
  if (!origin.file.endsWith(".tac")) return `The file ${origin.file}`;
  return capability === "limit" ? "A run" : "The procedure";
}

/** How many things of each kind there are, in a line: `2 models · 3 tools · asks people · writes files`. */
export function manifestSummary({ entries }: Pick<Manifest, "entries">): string {
  const targets = (...capabilities: readonly ManifestCapability[]): number =>
    new Set(
      entries
        .filter(({ capability }) => capabilities.includes(capability))
        .map(({ capability, target }) => `${capability} ${target}`),
    ).size;
  const parts = [
    counted(targets("model"), "model"),
    counted(targets("tool.lua"), "tool"),
    counted(targets("tool.host"), "host tool"),
    counted(targets("tool.mcp"), "MCP tool"),
    counted(targets("tool.plugin"), "plugin"),
    targets("file.write") > 0 ? "writes files" : targets("file.read") > 0 ? "reads files" : undefined,
    targets("network") > 0 ? "reaches the network" : undefined,
    targets("command") > 0 ? "starts programs" : undefined,
    targets("human") > 0 ? "asks people" : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(" · ") : "touches nothing outside";
}

function counted(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? "" : "s"}`;
}
