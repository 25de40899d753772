import { type ReviewReport, reviewReport } from "#protocol/reports/review-report.ts";
import { assessChange } from "#review/assessment/assess-change.ts";
import { type MemoryFile, memoryTree } from "#review/trees/testing/memory-tree.ts";

/** A side of a change that is written down in a test. */
export type Files = Readonly<Record<string, MemoryFile>>;

/** The report on a change, held against its schema. */
export async function assess(base: Files, head: Files): Promise<ReviewReport> {
  const { signal } = new AbortController();
  const report = await assessChange(memoryTree(base, "base"), memoryTree(head, "head"), { signal });
  if (!report.ok) throw new Error(report.error.message);
  return reviewReport.parse(report.value);
}

/** Each meaning as a line: risk, topic, file, line, message. */
export function told({ files }: ReviewReport): string[] {
  return files.flatMap(({ file, meanings }) =>
    meanings.map(({ risk, topic, message, head, base }) => {
      const place = head ? `:${head.line}` : base ? `:${base.line} before` : "";
      return `${risk} ${topic} ${file}${place} ${message}`;
    }),
  );
}
