import type { Dialect } from "@cucumber/gherkin";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** What a line was meant to begin with. */
interface MeantKeyword {
  readonly message: string;
  readonly replacement: string;
}

/** The keywords that a colon follows. */
export function titleKeywordsOf(dialect: Dialect): readonly string[] {
  const { feature, background, rule, scenario, scenarioOutline, examples } = dialect;
  return [...feature, ...background, ...rule, ...scenario, ...scenarioOutline, ...examples];
}

/** The keywords of steps, with the blank behind them where the language has one. */
export function stepKeywordsOf({ given, when, then, and, but }: Dialect): readonly string[] {
  return [...given, ...when, ...then, ...and, ...but];
}

/** For a line such as `Scenaro: x` or `Scenario x`; undefined when it resembles no title. */
export function misspeltTitle(line: string, dialect: Dialect): MeantKeyword | undefined {
  const titles = titleKeywordsOf(dialect);
  const colon = line.indexOf(":");
  const written = colon < 0 ? undefined : line.slice(0, colon).trim();
  if (written !== undefined) {
    const meant = titles.includes(written) ? written : nearestName(written, titles);
    if (meant !== undefined) return meaning(written, `${meant}:`, `${meant}:${line.slice(colon + 1)}`);
  }
  const bare = titles
    .toSorted((left, right) => right.length - left.length)
    .find((title) => isBare(line, title));
  if (bare === undefined) return undefined;
  const replacement = `${bare}:${line.slice(bare.length)}`;
  return { message: `\`${bare}\` needs a colon: \`${replacement.trim()}\`.`, replacement };
}

/** For a line such as `Givn x`; undefined when it resembles no step. */
export function misspeltStep(line: string, dialect: Dialect): MeantKeyword | undefined {
  const written = /^\S+/.exec(line)?.[0];
  const words = stepKeywordsOf(dialect).map((keyword) => keyword.trim());
  if (written === undefined || words.includes(written)) return undefined;
  const meant = nearestName(written.replace(/[:,]$/, ""), words);
  return meant === undefined ? undefined : meaning(written, meant, meant + line.slice(written.length));
}

function meaning(written: string, meant: string, replacement: string): MeantKeyword {
  return { message: `\`${written}\` is no keyword. Did you mean \`${meant}\`?`, replacement };
}

function isBare(line: string, title: string): boolean {
  return line === title || line.startsWith(`${title} `);
}
