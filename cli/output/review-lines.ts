import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import type { Meaning, ReviewedFile, ReviewReport, ReviewRisk } from "#protocol/reports/review-report.ts";

/** Files without anything to say of them, as far as anybody reads. */
const mostQuietFiles = 20;

/** A review for people: file by file what it means, what matters most first, then a line that sums up. */
export function reviewLines({ base, head, files, risk }: ReviewReport): string[] {
  const speaking = files.filter(({ meanings, diagnostics }) => meanings.length + diagnostics.length > 0);
  const quiet = files.filter((file) => !speaking.includes(file));
  const sum = `${files.length} ${files.length === 1 ? "file" : "files"}, ${shortId(base)}..${shortId(head)}: risk ${risk}`;
  return [...speaking.flatMap(fileLines), ...quietLines(quiet), riskColor[risk](sum)];
}

const riskColor = { none: pc.green, low: pc.yellow, high: pc.red } as const satisfies Record<
  ReviewRisk,
  unknown
>;
const marks: Readonly<Record<ReviewRisk, string>> = { none: "    ", low: "low ", high: "high" };

function fileLines(file: ReviewedFile): string[] {
  return [
    fileLine(file),
    ...file.meanings.map((meaning) => meaningLine(meaning, file.file)),
    ...file.diagnostics
      .filter(({ severity }) => severity !== "error")
      .map(({ severity, message, range }) =>
        pc.dim(`       ${range.start.line + 1}: ${severity}: ${oneLine(message, 300)}`),
      ),
    "",
  ];
}

function fileLine({ file, status, from, kind, trusted }: ReviewedFile): string {
  const was = from === undefined ? "" : ` from ${oneLine(from, 200)}`;
  const trust = trusted ? pc.bold(`, trusted: ${kind}`) : "";
  return `${pc.bold(oneLine(file, 400))} (${status}${was}${trust})`;
}

function meaningLine({ risk, message, head, base }: Meaning, file: string): string {
  const place = head ?? base;
  const name = place && place.file !== file ? `${oneLine(place.file, 200)}:` : "";
  const line = place ? `${name}${place.line}${head ? "" : " (before)"}: ` : "";
  return `  ${riskColor[risk](marks[risk])} ${line}${oneLine(message, 500)}`;
}

function quietLines(files: readonly ReviewedFile[]): string[] {
  const [first, ...others] = files.slice(0, mostQuietFiles);
  if (!first) return [];
  const more = files.length - mostQuietFiles;
  const names = [first, ...others].map((file) => pc.dim(fileLine(file)));
  return [...names, ...(more > 0 ? [pc.dim(`and ${more} more files`)] : []), ""];
}

function shortId(name: string): string {
  return /^[0-9a-f]{40,}$/.test(name) ? name.slice(0, 10) : oneLine(name, 80);
}
