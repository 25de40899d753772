/**
 * A stand-in for the runtime's bundle: speaks the first and the last frame, and in between does what the start
 * message names as its source. Tests learn from it what a sandbox lets its inside do.
 */
import { createInterface } from "node:readline";

process.stdin.once("end", () => process.exit(0));
const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => void answer(JSON.parse(line)));

async function answer(start) {
  send({ kind: "hello", version: start.version, nonce: start.nonce, facts: facts() });
  try {
    const { probes } = await import("./probes.mjs");
    send({ kind: "finished", status: "completed", result: await probes[start.source](start.input) });
  } catch (error) {
    send({
      kind: "finished",
      status: "failed",
      error: { code: error.code ?? error.name, message: error.message },
    });
  }
}

function facts() {
  return { node: process.version, pid: process.pid, uid: process.getuid?.() };
}

function send(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
