import { buildManifest } from "#language/manifest/build-manifest.ts";
import type { Manifest } from "#language/manifest/manifest.ts";
import { manifestSections, manifestSummary, sentenceOf } from "#language/manifest/manifest-sentences.ts";
import { bullets, plainText } from "#language/semantics/markdown.ts";
import { resolveLayers } from "#language/sidecar/layers.ts";
import { readDocument } from "#language/sidecar/read-config.ts";
import type { GrantedValue } from "#protocol/editor/effective-config.ts";
import type { ManifestAnswer, ManifestLine } from "#protocol/editor/manifest.ts";
import { dynamicTarget } from "#protocol/reports/manifest-report.ts";
import type { ServerContext } from "./feature.ts";

type Around = Pick<ServerContext, "project" | "folders" | "configReading">;

/** A manifest, and where the files of its entries are. */
interface PlacedManifest {
  readonly manifest: Manifest;
  readonly uriOf: (file: string) => string | undefined;
}

/**
 * What a procedure may touch, out of the files as they stand in the editor. It is loaded with the first that asks, since
 * it brings the reader of configs.
 */
export async function procedureManifest(
  uri: string,
  { project, folders, configReading }: Around,
  granted: readonly GrantedValue[] = [],
): Promise<PlacedManifest | undefined> {
  if (!project.has(uri)) return undefined;
  const { layers = [], variable } = (await configReading()).layered(uri);
  const describe = (each: string): string => nameIn(folders, each);
  const config = resolveLayers(
    layers.map(({ document, name, kind, isOwn }) => ({
      read: readDocument(document, name, kind),
      trusted: isOwn,
    })),
    {
      isGranted: ({ path }, { read }) =>
        granted.some((value) => value.file === read.file && value.path.join("\0") === path.join("\0")),
      variable: variable ?? ((name) => `\${${name}}`),
    },
  );
  const manifest = buildManifest({ uri, project, describe, config });
  const uris = new Map([...project.procedureUris()].map((each) => [describe(each), each]));
  for (const { name, uri: layer } of layers) uris.set(name, layer);
  return { manifest, uriOf: (file) => uris.get(file) };
}

/** The answer to `tactus/manifest`. */
export function manifestAnswer({ manifest, uriOf }: PlacedManifest): ManifestAnswer {
  const sections = manifestSections(manifest).map(({ title, sentences }) => ({
    title,
    sentences: sentences.map(({ text, entry }): ManifestLine => {
      const uri = uriOf(entry.origin.file);
      return {
        text,
        ...entry.origin,
        ...(uri !== undefined && { uri }),
        ...(entry.granted !== undefined && { granted: entry.granted }),
        isDynamic: entry.target === dynamicTarget,
      };
    }),
  }));
  return { file: manifest.file, summary: manifestSummary(manifest), sections };
}

/** What an agent may do, for its hover. */
export function agentText({ manifest }: PlacedManifest, agent: string): string | undefined {
  const sentences = manifest.entries.filter((entry) => entry.agent === agent).map(sentenceOf);
  if (sentences.length === 0) return undefined;
  const shown = sentences.slice(0, mostSentences);
  const more = sentences.length - shown.length;
  const rest = more > 0 ? [`… and ${more} more: *Tactus: What May This Do?*`] : [];
  return bullets([...shown.map(plainText), ...rest]);
}

/** What the whole file may do, in a line, for the hover of a procedure. */
export function summaryText({ manifest }: PlacedManifest): string {
  return `It may touch: ${plainText(manifestSummary(manifest))}`;
}

/** Sentences that a hover shows. */
const mostSentences = 12;

/** A file as reports name it: relative to its folder of the workspace. */
function nameIn(folders: readonly string[], uri: string): string {
  const root = folders.find((folder) => uri.startsWith(`${folder}/`));
  return decodeURIComponent(
    root === undefined ? uri.slice(uri.lastIndexOf("/") + 1) : uri.slice(root.length + 1),
  );
}
