/**
 * In place of the runtime's bundle: as if somebody had broken out of the Lua machine and had all of Node. Runs the
 * module that the first line brings; what it says is written out, one JSON object a line.
 */
import { createInterface } from "node:readline";

process.stdin.once("end", () => process.exit(0));
const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => void run(JSON.parse(line)));

async function run({ source, input }) {
  try {
    const { attack } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
    say({ result: (await attack(input)) ?? null });
  } catch (error) {
    say({ refused: String(error.code ?? error) });
  }
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
