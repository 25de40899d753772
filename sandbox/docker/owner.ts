import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname, uptime } from "node:os";
import { isAlive, startOf } from "../process-identity.ts";

/** Labels of our containers. */
export const ownerLabels = {
  run: "dev.tactus-studio.run",
  host: "dev.tactus-studio.host",
  process: "dev.tactus-studio.process",
  started: "dev.tactus-studio.started",
  deadline: "dev.tactus-studio.deadline",
  uptimeDeadline: "dev.tactus-studio.uptime-deadline",
} as const;

/** Seconds after its time limit at which a container is removed whoever owns it. */
const deadlineGraceSeconds = 60;

/** Who answers for a container: when this process is gone, or the deadline has passed, anybody may remove it. */
export function labelsOfRun(run: string, timeSeconds: number): Record<string, string> {
  const seconds = timeSeconds + deadlineGraceSeconds;
  return {
    [ownerLabels.run]: run,
    [ownerLabels.host]: hostIdentity(),
    [ownerLabels.process]: String(process.pid),
    [ownerLabels.started]: startOf(process.pid) ?? "",
    [ownerLabels.deadline]: String(Date.now() + seconds * 1000),
    [ownerLabels.uptimeDeadline]: String(Math.ceil(uptime() + seconds)),
  };
}

/**
 * Whether a container with these labels was left behind. On the machine of its owner the deadline is one of the uptime, since a
 * clock that is set must not end runs that are under way; another machine knows the clock only, and nothing of the owner.
 */
export function isAbandoned(labels: Readonly<Record<string, string>>): boolean {
  if (labels[ownerLabels.host] !== hostIdentity()) return Number(labels[ownerLabels.deadline]) < Date.now();
  const owner = Number(labels[ownerLabels.process]);
  const isGone = !isAlive(owner) || (startOf(owner) ?? "") !== labels[ownerLabels.started];
  return isGone || Number(labels[ownerLabels.uptimeDeadline]) < uptime();
}

/**
 * Tells machines apart that share one engine, and containers on one machine (a process number means something in one
 * PID namespace only). Hashed, so that no name of the machine is written anywhere.
 */
function hostIdentity(): string {
  const parts = [
    hostname(),
    readOr(() => readFileSync("/etc/machine-id", "utf8")),
    readOr(() => readlinkSync("/proc/self/ns/pid")),
  ];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}

function readOr(read: () => string): string {
  try {
    return read().trim();
  } catch {
    // Not Linux, or the process is gone.
    return "";
  }
}
