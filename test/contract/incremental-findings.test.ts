import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Project } from "#language/project/project.ts";

const examples = new URL("../../examples/", import.meta.url);
const sources = readdirSync(examples)
  .filter((name) => name.endsWith(".tac"))
  .map((name) => readFileSync(new URL(name, examples), "utf8"));

/** Statements that give, take and use names, so that edits reach far. */
const pieces = [
  "local shared = { a = 1 }\n",
  "shared.b = 2\n",
  "print(shared.a, shared.c)\n",
  'clerk = Agent { provider = "openai", system_prompt = "x", tools = { "find" } }\n',
  'find = Tool { description = "d", input = { q = field.string{} }, function(args) return args.q end }\n',
  "local function twice(n) return n * 2 end\n",
  "local result = twice(2)\n",
  "Procedure { input = { topic = field.string{} }, function(input) return { topic = input.topic } end }\n",
  "print(undefined_name)\n",
  "local broken = = 1\n",
  "if shared then\n",
  "end\n",
];

/** A sequence of numbers below a bound that is the same for the same seed. */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

function edited(text: string, random: (bound: number) => number): string {
  const at = random(text.length + 1);
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const kind = random(3);
  if (kind === 0) return text.slice(0, lineStart) + pieces[random(pieces.length)] + text.slice(lineStart);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1 + random(12));
  const line = text.slice(lineStart, text.indexOf("\n", at) + 1 || text.length);
  return text.replace(line, "");
}

test.for([1, 2, 3, 4])("findings after edits are those of the same text opened afresh (seed %i)", (seed) => {
  const random = randomNumbers(seed);
  const uri = "file:///a.tac";
  let text = (sources[random(sources.length)] ?? "") + pieces.join("");
  const project = new Project();
  project.setText(uri, text);
  for (let round = 0; round < 40; round++) {
    text = edited(text, random);
    project.setText(uri, text);
    const fresh = new Project();
    fresh.setText(uri, text);
    expect(project.diagnose(uri), `round ${round}`).toEqual(fresh.diagnose(uri));
  }
});
