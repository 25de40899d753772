import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import { manifestSections, manifestSummary } from "#language/manifest/manifest-sentences.ts";
import type { ManifestReport } from "#protocol/reports/manifest-report.ts";

/** What a procedure may touch in plain sentences, each with its line. */
export function manifestLines(report: ManifestReport): string[] {
  const sections = manifestSections(report).flatMap(({ title, sentences }) => [
    "",
    pc.bold(title),
    ...sentences.map(({ text, entry: { origin } }) => {
      const place = pc.dim(oneLine(`${origin.file}:${origin.line}`));
      return `  ${oneLine(text, 400)} ${place}`;
    }),
  ]);
  return [`${pc.bold(oneLine(report.file))} ${manifestSummary(report)}`, ...sections];
}
