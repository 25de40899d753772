import path from "node:path";
import type { KnownProgram } from "#protocol/wire/messages.ts";
import { areAllModules, type ProcedurePlace, readModules, relativePath } from "#runs/session/modules.ts";
import { openWorkspace } from "#sandbox/workspace/open-workspace.ts";
import type { RunWorkspace } from "#sandbox/workspace/workspace.ts";

/** More programs than this are left to be asked for at run time. */
const maximumPrograms = 50;
/** Characters of all their sources: they travel in one frame with the procedure and its modules. */
const maximumCharacters = 1024 * 1024;

const text = String.raw`(?:"([^"\n]+)"|'([^'\n]+)'|\[\[([^\]\n]+)\]\])`;
const runCall = new RegExp(String.raw`\bProcedure\s*\.\s*(?:run|spawn)\s*\(?\s*${text}`, "g");
const includeCall = new RegExp(String.raw`\bIncludeTasks\s*(?:\(\s*)?(?:\{[^}]*?\bpath\s*=\s*)?${text}`, "g");

/** The files that a procedure runs or includes; false: there are more than travel with the start. */
interface Programs {
  readonly programs: readonly KnownProgram[];
  readonly areAll: boolean;
}

interface Reference {
  readonly from: string;
  readonly name: string;
  readonly included: boolean;
}

/**
 * Reads the files that a procedure runs or includes by a literal name, those that they run in turn, and the modules of
 * each: they are part of what is reviewed and hashed. What is not found here is looked for again at run time, under
 * the same rules.
 */
export async function readPrograms(place: ProcedurePlace, source: string): Promise<Programs> {
  const from = relativePath(place.workspaceRoot, place.file);
  const workspace = openWorkspace({
    mode: "copy",
    root: place.workspaceRoot,
    procedureFile: from,
    changesFolder: path.join(place.workspaceRoot, ".tactus"),
    tree: place.tree,
  });
  const programs: KnownProgram[] = [];
  let characters = 0;
  const waiting = references(from, source);
  for (let next = waiting.shift(); next && programs.length < maximumPrograms; next = waiting.shift()) {
    const { from: caller, name } = next;
    if (programs.some((known) => known.from === caller && known.name === name)) continue;
    const found = await read(workspace, next);
    if (!found) continue;
    const file = path.join(place.workspaceRoot, found.file);
    const modules = await readModules({ ...place, file }, found.source);
    const program = { from: caller, name, ...found, modules };
    characters += charactersOf(program);
    if (characters > maximumCharacters) return { programs, areAll: false };
    programs.push(program);
    waiting.push(...references(found.file, found.source));
  }
  const areAll = waiting.length === 0 && programs.every(({ modules }) => areAllModules(modules));
  return { programs, areAll };
}

function charactersOf({ source, modules }: KnownProgram): number {
  return Object.values(modules).reduce((sum, module) => sum + module.source.length, source.length);
}

function references(from: string, source: string): Reference[] {
  const named = (pattern: RegExp, included: boolean): Reference[] =>
    [...source.matchAll(pattern)].map((match) => ({
      from,
      name: match[1] ?? match[2] ?? match[3] ?? "",
      included,
    }));
  return [...named(runCall, false), ...named(includeCall, true)];
}

/** An included file lies where its path says, seen from the file that includes it. */
async function read(
  workspace: RunWorkspace,
  { from, name, included }: Reference,
): Promise<{ file: string; source: string } | undefined> {
  if (included) {
    const file = path.posix.join(path.posix.dirname(from), name);
    const text = await workspace.read({ path: file });
    return text.ok ? { file, source: text.value.text } : undefined;
  }
  const found = await workspace.program({ name, from });
  return found.ok ? (found.value.program ?? undefined) : undefined;
}
