import pc from "picocolors";
import { bounded } from "#common/visible-text.ts";

/** What stands before each line of foreign text that could else be taken for a line of ours. */
const bar = "│";

/** Foreign text of several lines, each behind a bar. */
export function framedLines(text: string, most?: number): string[] {
  return bounded(text, most)
    .split("\n")
    .map((line) => `${pc.dim(bar)} ${line}`.trimEnd());
}

/** Foreign text behind words of ours: its first line as it is, the others behind a bar and `indent`. */
export function continuedText(text: string, most?: number, indent = ""): string {
  const [first = "", ...others] = bounded(text, most).split("\n");
  return [first, ...others.map((line) => `${indent}${pc.dim(bar)} ${line}`.trimEnd())].join("\n");
}
