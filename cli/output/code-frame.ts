import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import { withoutKeys } from "#language/text-checks/hidden-keys.ts";

/** Nobody sees more of a line. */
const longestLine = 4096;

/** The lines around a line (from 1), with a mark at it; a key among them is not repeated. */
export function codeFrame(source: string, line: number): string[] {
  const lines = source.split("\n");
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 2);
  const width = String(last).length;
  const around = lines.slice(first - 1, last).map((text) => text.slice(0, longestLine));
  const shown = withoutKeys(around.join("\n")).split("\n");
  return shown.map((text, index) => {
    const number = first + index;
    const gutter = `${number === line ? pc.red(">") : " "} ${pc.dim(`${String(number).padStart(width)} │`)}`;
    return `  ${gutter} ${indentation(text)}${oneLine(text)}`.trimEnd();
  });
}

function indentation(text: string): string {
  return (/^[ \t]*/.exec(text)?.[0] ?? "").replaceAll("\t", "  ").slice(0, 40);
}
