import { writeFile } from "node:fs/promises";
import path from "node:path";
import { errorText } from "#common/error-text.ts";
import { oneLine } from "#common/visible-text.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { defaultFormatOptions } from "#language/format/format-options.ts";
import { formatSource } from "#language/format/format-source.ts";
import { sameMeaning } from "#language/format/same-meaning.ts";
import { parseSource } from "#language/syntax/parse-source.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { maximumSourceBytes, readTextFile } from "#runs/session/source-files.ts";
import { findCheckable } from "../checkable-files.ts";
import { print, printAside, printExactly } from "../output/terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface FormatCommandOptions {
  /** Nothing is written; files that are not formatted make the exit code 1. */
  readonly check: boolean;
  /** The text comes from standard input and goes to standard output. */
  readonly stdin: boolean;
}

/** `format [PATH…]`: formats `.tac` files, and names those that it changed. */
export async function format(
  paths: readonly string[],
  { check, stdin }: FormatCommandOptions,
): Promise<ExitCode> {
  if (stdin && paths.length > 0) throw new UsageError("Give either paths or --stdin, not both.");
  return stdin ? formatInput(check) : formatFiles(paths, check);
}

async function formatInput(check: boolean): Promise<ExitCode> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const { text, formatted, note } = formatText(decoded(Buffer.concat(chunks)));
  if (note) printAside(`standard input: ${note}`);
  if (!check) printExactly(formatted);
  return check && formatted !== text ? exitCodes.failed : exitCodes.done;
}

async function formatFiles(paths: readonly string[], check: boolean): Promise<ExitCode> {
  const files = await findProcedures(paths.length > 0 ? paths : ["."]);
  let changed = 0;
  for (const file of files) {
    const { text, formatted, note } = formatText(await textOf(file));
    if (note) printAside(`${oneLine(file, 400)}: ${note}`);
    if (formatted === text) continue;
    changed++;
    if (!check) await write(file, formatted);
    print(oneLine(file, 400));
  }
  printAside(summary(files.length, changed, check));
  return check && changed > 0 ? exitCodes.failed : exitCodes.done;
}

interface Formatted {
  readonly text: string;
  readonly formatted: string;
  /** What the person should know about a text that could not be formatted as a whole. */
  readonly note?: string;
}

/** What comes out is compared with what went in, so that a fault of ours can't change a program. */
function formatText(text: string): Formatted {
  const tree = parseSource(text);
  const formatted = formatSource(tree, defaultFormatOptions);
  if (formatted !== text && !sameMeaning(tree, parseSource(formatted)))
    return {
      text,
      formatted: text,
      note: "left as it is, since formatting would change its meaning. Please report this.",
    };
  const damaged = tree.statements.filter(({ problems }) => problems.length > 0).length;
  return { text, formatted, ...(damaged > 0 && { note: damageNote(damaged) }) };
}

async function findProcedures(paths: readonly string[]): Promise<readonly string[]> {
  for (const named of paths)
    if (path.extname(named) !== ".tac" && fileKindOf(path.resolve(named)))
      throw new UsageError(`${named} is no .tac file; only those are formatted.`);
  const files = await findCheckable(paths);
  return files.filter((file) => fileKindOf(path.resolve(file)) === "procedure");
}

async function textOf(file: string): Promise<string> {
  const read = await readTextFile(file, { maximumBytes: maximumSourceBytes, followLinks: true });
  if (read.ok) return read.value;
  throw new UsageError(read.error.message);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${errorText(error)}.`);
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError("Standard input is not UTF-8 text.");
  }
}

function damageNote(statements: number): string {
  if (statements === 1) return "one statement has errors and stays as it is. Run check to see them.";
  return `${statements} statements have errors and stay as they are. Run check to see them.`;
}

function summary(files: number, changed: number, check: boolean): string {
  const all = files === 1 ? "1 file" : `${files} files`;
  if (changed === 0) return `${all}: nothing to format`;
  return `${all}: ${changed} ${check ? "would change" : "formatted"}`;
}
