import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

const studio = path.resolve(import.meta.dirname, "../bin/tactus-studio");

/**
 * Seconds from starting the command line to its `run.finished` line. Throws when the run did not complete: a failure
 * must not pass for a fast run.
 */
export async function timeRun(
  folder: string,
  file: string,
  isolation: "docker" | "embedded",
): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(studio, ["run", file, "--isolation", isolation, "--json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let seconds: number | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"run.finished"')) continue;
    if (!line.includes('"completed"')) throw new Error(`The run did not complete: ${line}`);
    seconds = (performance.now() - startedAt) / 1000;
  }
  await exited;
  if (seconds === undefined) throw new Error("The run did not finish.");
  return seconds;
}

/** Seconds that a program takes as a whole process. Throws when it fails. */
export async function timeProcess(command: string, args: readonly string[], folder: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "ignore", "ignore"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
  return (performance.now() - startedAt) / 1000;
}
