import { accessSync, constants } from "node:fs";
import type { SandboxPolicy } from "../isolation.ts";

/** Absolute, so that no folder of the workspace on the PATH is ever asked. */
const places = ["/usr/bin/prlimit", "/bin/prlimit"];

/**
 * A command that sets limits of the kernel on itself and then becomes the given one: `prlimit` of util-linux, without
 * a shell. Where it is missing (macOS, Windows) the command is started as it is, and the doctor says so.
 */
export function withResourceLimits(policy: SandboxPolicy, command: readonly string[]): readonly string[] {
  const program = limitProgram();
  if (!program) return command;
  // No limit on address space: V8 reserves many gigabytes that it never uses. Memory is watched instead.
  const processorSeconds = Math.ceil(policy.timeSeconds * Math.max(1, policy.cpus)) + 60;
  return [program, "--nofile=256", "--core=0", "--fsize=0", `--cpu=${processorSeconds}`, ...command];
}

/** The program that sets limits; undefined when this machine has none. */
export function limitProgram(): string | undefined {
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      // Not here: the next place, or none.
      return false;
    }
  });
}
