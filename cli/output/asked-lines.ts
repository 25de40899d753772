import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";

/** What the files of a folder ask for, entry by entry, and how to grant it. */
export function askedLines(entries: readonly AskedEntry[], file: string): string[] {
  return [...entries.map(entryLine), ...howToGrant(entries, file)];
}

const marks = {
  granted: pc.green("granted    "),
  asked: pc.yellow("not granted"),
  never: pc.red("never given"),
} as const;

function entryLine({ id, file, line, words, state }: AskedEntry): string {
  const name = state === "never" ? " ".repeat(id.length) : id;
  return `  ${marks[state]} ${pc.dim(name)} ${oneLine(`${file}:${line}`)} ${oneLine(words, 300)}`;
}

function howToGrant(entries: readonly AskedEntry[], file: string): string[] {
  const open = entries.filter(({ state }) => state === "asked");
  const [first] = open;
  if (!first) return [];
  const ids = open.length > 1 ? `${first.id} …` : first.id;
  return [`  To grant: tactus-studio grants add ${shellWord(file)} ${ids}, or --all; for one run: --yes`];
}

/** People copy this line: a file's name must stay one argument. */
function shellWord(file: string): string {
  const argument = file.startsWith("-") ? `./${file}` : file;
  const shown = oneLine(argument, 400);
  return /^[\w./@+-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}
