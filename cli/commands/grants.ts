import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { Plan } from "#runs/session/plan.ts";
import { keepDecision } from "#runs/trust/decide.ts";
import { type KeptGrants, listGrants, revokeGrants } from "#runs/trust/kept-grants.ts";
import { askedLines } from "../output/asked-lines.ts";
import { printProblem } from "../output/problem-text.ts";
import { print, printJson } from "../output/terminal.ts";
import { planOfFile } from "../plan-of-file.ts";
import { refuse } from "../refuse.ts";

interface OutputOptions {
  readonly json: boolean;
}

/** `grants list`: what was granted on this machine, file by file. */
export async function list({ json }: OutputOptions): Promise<ExitCode> {
  const grants = await listGrants();
  if (json) printJson({ grants });
  else if (grants.length === 0) print("Nothing was granted yet.");
  else for (const kept of grants) print(keptLines(kept).join("\n"));
  return exitCodes.done;
}

/** `grants show FILE`: what the files that count for a procedure ask for, entry by entry. */
export async function show(file: string, { json }: OutputOptions): Promise<ExitCode> {
  const plan = await planOf(file);
  if (typeof plan === "number") return plan;
  if (json) printJson({ asked: plan.asked.map(({ asking: _asking, content: _content, ...entry }) => entry) });
  else if (plan.asked.length === 0) print("Nothing here asks for more than a run gets anyway.");
  else print(askedLines(plan.asked, file).join("\n"));
  return exitCodes.done;
}

/** `grants add FILE ID…`: grants entries of exactly the content that the ids were shown for. */
export async function add(
  file: string,
  ids: readonly string[],
  { all }: { readonly all: boolean },
): Promise<ExitCode> {
  const plan = await planOf(file);
  if (typeof plan === "number") return plan;
  const open = plan.asked.filter(({ state }) => state !== "never");
  const wanted = all ? open : open.filter(({ id }) => ids.includes(id));
  const unknown = ids.filter((id) => !open.some((entry) => entry.id === id));
  if (unknown.length > 0 || wanted.length === 0) return refuseIds(file, unknown);
  const granted = open.filter((entry) => entry.state === "granted" || wanted.includes(entry));
  const kept = await keepDecision(plan.asked, new Set(granted.map(({ id }) => id)));
  if (!kept.ok) return refuse({ code: "grants-unwritable", message: kept.error, exitCode: 2 }, process.cwd());
  for (const { words, file: asking } of wanted)
    print(`${pc.green("granted")} ${oneLine(asking)} ${oneLine(words, 300)}`);
  return exitCodes.done;
}

/** `grants revoke ID…`: takes grants back. */
export async function revoke(ids: readonly string[], { all }: { readonly all: boolean }): Promise<ExitCode> {
  const given = all ? (await listGrants()).map(({ id }) => id) : ids;
  if (given.length === 0 && !all) return usage("Which grants? See `tactus-studio grants list`.");
  const revoked = await revokeGrants(new Set(given));
  if (!revoked.ok)
    return refuse({ code: "grants-unwritable", message: revoked.error, exitCode: 2 }, process.cwd());
  const [unknown] = revoked.value;
  if (unknown === undefined) {
    print(`${given.length} taken back.`);
    return exitCodes.done;
  }
  return usage(`There is no grant ${oneLine(unknown, 40)}. See \`tactus-studio grants list\`.`);
}

/** The plan of a procedure, or the exit code of why there is none. */
async function planOf(file: string): Promise<Plan | ExitCode> {
  const { plan, workspaceRoot } = await planOfFile(file);
  return plan.ok ? plan.value : refuse(plan.error, workspaceRoot);
}

function refuseIds(file: string, [unknown]: readonly string[]): ExitCode {
  const reason =
    unknown === undefined
      ? "No entry that can be granted was named."
      : `Nothing that can be granted has the id ${oneLine(unknown, 40)}: it may have changed since it was shown.`;
  return usage(`${reason} See \`tactus-studio grants show ${oneLine(file)}\`.`);
}

function usage(message: string): ExitCode {
  printProblem(message);
  return exitCodes.usage;
}

function keptLines({ id, file, time, state, entries }: KeptGrants): string[] {
  const standing = {
    current: "",
    changed: " (the file has changed since: these grants don't count)",
    gone: " (the file is gone)",
  };
  return [
    `${pc.bold(id)} ${oneLine(file)}${standing[state]} ${pc.dim(time.slice(0, 10))}`,
    ...entries.map(
      (entry) =>
        `  ${pc.dim(entry.id)} ${entry.isGranted ? pc.green("granted ") : pc.yellow("left out")} ${oneLine(entry.words, 300)}`,
    ),
  ];
}
