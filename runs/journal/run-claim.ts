import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { errorCode } from "#common/error-text.ts";
import { isAlive, startOf } from "#sandbox/process-identity.ts";

const claimName = /^owner\.(\d+)$/;

/**
 * Claims a run's folder for this process: while it lives, nobody else writes to the journal. Everyone puts down a claim
 * of their own first and looks for others then, so that of two at the same time at most one goes on. Gives the number
 * of the process that has the run already; throws when the folder can't be written.
 */
export function claimRun(folder: string): { readonly owner?: number } {
  const own = claimFile(folder, process.pid);
  try {
    writeFileSync(own, `${startOf(process.pid) ?? ""}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      if (isClaimValid(folder, process.pid)) return { owner: process.pid };
      writeFileSync(own, `${startOf(process.pid) ?? ""}\n`, { mode: 0o600 });
    } else throw error;
  }
  const others = claims(folder).filter((pid) => pid !== process.pid);
  const owner = others.find((pid) => isClaimValid(folder, pid));
  if (owner !== undefined) {
    rmSync(own, { force: true });
    return { owner };
  }
  for (const pid of others) rmSync(claimFile(folder, pid), { force: true });
  return {};
}

/** Gives the folder back: the run has ended in order. */
export function releaseRun(folder: string): void {
  rmSync(claimFile(folder, process.pid), { force: true });
}

/** Whether a living process has claimed the run. */
export function isClaimed(folder: string): boolean {
  return claims(folder).some((pid) => isClaimValid(folder, pid));
}

function claims(folder: string): number[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const pid = claimName.exec(name)?.[1];
      return pid === undefined ? [] : [Number(pid)];
    });
  } catch {
    // The folder is gone: nobody has it.
    return [];
  }
}

/** The process lives, and is the one that made the claim: its number was not given to another since. */
function isClaimValid(folder: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    const start = readFileSync(claimFile(folder, pid), "utf8").trim();
    return start === "" || start === (startOf(pid) ?? "");
  } catch {
    // It was released in the meantime.
    return false;
  }
}

function claimFile(folder: string, pid: number): string {
  return path.join(folder, `owner.${pid}`);
}
