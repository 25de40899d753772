/** The scripted server as a program: `node stdio.ts '{"slowStart":100}'`. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { ServerBehaviour } from "./behaviour.ts";
import { scriptedServer } from "./scripted-server.ts";

const behaviour: ServerBehaviour = JSON.parse(process.argv[2] ?? "{}");

function note(line: string): void {
  if (behaviour.journal !== undefined) appendFileSync(behaviour.journal, `${line}\n`);
}

function earlierStarts(): number {
  const { journal } = behaviour;
  if (journal === undefined || !existsSync(journal)) return 0;
  return readFileSync(journal, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("started")).length;
}

const starts = earlierStarts();
note(`started ${process.pid}`);
if (behaviour.deaf) {
  process.on("SIGTERM", () => note("asked to end"));
  setInterval(() => {}, 1000);
}
const crash = starts + 1 < (behaviour.crashUntilStart ?? 0) ? 9 : behaviour.crashAtStart;
if (crash !== undefined) {
  process.stderr.write("no configuration found\n");
  process.exit(crash);
}
if (behaviour.errorBytes !== undefined) process.stderr.write("e".repeat(behaviour.errorBytes));
if (behaviour.stray !== undefined) process.stdout.write(behaviour.stray);
await pause(behaviour.slowStart ?? 0);
await scriptedServer(behaviour.tools ?? [], note).connect(new StdioServerTransport());
