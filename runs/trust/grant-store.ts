import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { errorCode, errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { dataFolder, isOwn, othersWrite } from "#runs/trust/data-folder.ts";

const decidedEntry = z.strictObject({
  path: z.array(z.union([z.string(), z.number()])),
  /** Hash of everything that the entry stands for. */
  content: z.string(),
  /** In plain words, for the list of grants. */
  words: z.string(),
  isGranted: z.boolean(),
});

const decision = z.strictObject({
  version: z.literal(1),
  /** Absolute path of the config file or sidecar, links resolved. */
  file: z.string(),
  /** SHA-256 of the file's bytes. */
  content: z.string(),
  /** ISO 8601. */
  time: z.string(),
  entries: z.array(decidedEntry),
});

/** What a person decided about the exact content of one file of a folder: entry by entry. */
export type GrantDecision = z.infer<typeof decision>;
type DecidedEntry = z.infer<typeof decidedEntry>;

/** Where decisions are kept: outside every workspace, one file each, named by the hash of what was decided about. */
export function grantsFolder(): string {
  return path.join(dataFolder(), "grants");
}

/** The decision of that name; undefined when there is none. */
export async function readDecision(name: string): Promise<Result<GrantDecision | undefined, string>> {
  const file = path.join(grantsFolder(), `${name}.json`);
  try {
    await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    const status = await handle.stat();
    // Whoever else could write a grant could grant.
    if (!isOwn(status, othersWrite)) return fail(`${file} can be written by others than you.`);
    return ok(decision.parse(JSON.parse(await handle.readFile("utf8"))));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return ok(undefined);
    return fail(`${file} can't be read as a grant: ${errorText(error)}.`);
  }
}

/** Keeps a decision in place of an earlier one of the same name. Readable by the person only; never half written. */
export async function writeDecision(name: string, decided: GrantDecision): Promise<Result<void, string>> {
  const folder = grantsFolder();
  const temporary = path.join(folder, `${name}.${randomBytes(6).toString("hex")}.new`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await using handle = await open(temporary, "wx", 0o600);
    await handle.writeFile(`${JSON.stringify(decided)}\n`);
    await rename(temporary, path.join(folder, `${name}.json`));
    return ok(undefined);
  } catch (error) {
    await rm(temporary, { force: true });
    return fail(`The grant can't be kept in ${folder}: ${errorText(error)}.`);
  }
}

/** Forgets a decision; false when there was none. */
export async function forgetDecision(name: string): Promise<boolean> {
  try {
    await rm(path.join(grantsFolder(), `${name}.json`));
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** A decision and the name it is kept under. */
export interface KeptDecision {
  readonly name: string;
  readonly decision: GrantDecision;
}

/** Every decision, newest first; a file that can't be read as one is left out, and gives nothing either. */
export async function listDecisions(): Promise<readonly KeptDecision[]> {
  const files = await readdir(grantsFolder()).catch((): string[] => []);
  const names = files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
  const read = await Promise.all(
    names.map(async (name): Promise<KeptDecision[]> => {
      const found = await readDecision(name);
      return found.ok && found.value ? [{ name, decision: found.value }] : [];
    }),
  );
  return read.flat().sort((one, other) => other.decision.time.localeCompare(one.decision.time));
}

/** Whether an entry of that very content was granted. */
export function isEntryGranted(
  decided: GrantDecision | undefined,
  { path: entryPath, content }: Pick<DecidedEntry, "path" | "content">,
): boolean {
  const found = decided?.entries.find(
    (entry) => entry.content === content && JSON.stringify(entry.path) === JSON.stringify(entryPath),
  );
  return found?.isGranted === true;
}
