import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";
import { checkedUri, openProject } from "#language/diagnostics/expect-findings.ts";
import { prepareEmbedded } from "#language/diagnostics/prepare-embedded.ts";
import { procedureCatalogue } from "#language/diagnostics/procedure-catalogue.ts";

beforeAll(async () => {
  await prepareEmbedded();
});

/** Statements of every kind that some finding is about, so that edits reach far. */
const pieces = [
  ...Object.values<CatalogueEntry>(procedureCatalogue).flatMap(({ wrong, right }) => [
    wrong ?? "",
    right ?? "",
  ]),
  "local function now() return os.time() end",
  "Procedure { function() return now(), State.get('count'), state.total end }",
  "State.set('total', 1)",
  'Step("the sum is (\\\\d+)", function(ctx, n) end)',
  "Specification([[\nFeature: A\n  Scenario: B\n    Then the sum is 3\n]])",
  "helper(clerk)",
  'default_provider("openai")',
  "return { clerk = clerk }",
  "output { n = field.number{} }",
  "local Step = 1",
];

/** Statements that give, take and use names, whole and broken. */
const names = [
  "local shared = { a = 1 }",
  "shared.b = 2",
  "print(shared.a, shared.c)",
  'clerk = Agent { provider = "openai", system_prompt = "x", tools = { "find" } }',
  'find = Tool { description = "d", input = { q = field.string{} }, function(args) return args.q end }',
  "local function twice(n) return n * 2 end",
  "local result = twice(2)",
  "Procedure { input = { topic = field.string{} }, function(input) return { topic = input.topic } end }",
  "print(undefined_name)",
  "local broken = = 1",
  "if shared then",
  "end",
];

const folder = new URL("../../examples/", import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".tac"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

/** A sequence of numbers below a bound that is the same for the same seed. */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** Puts a statement in, takes some characters out, or takes a line out. */
function edited(text: string, inserted: readonly string[], random: (bound: number) => number): string {
  const at = random(text.length + 1);
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const kind = random(4);
  if (kind < 2)
    return `${text.slice(0, lineStart)}${inserted[random(inserted.length)]}\n${text.slice(lineStart)}`;
  if (kind === 2) return text.slice(0, at) + text.slice(at + 1 + random(12));
  return text.slice(0, lineStart) + text.slice(text.indexOf("\n", at) + 1 || text.length);
}

const cases = [
  ...[11, 12, 13].map((seed) => ({ seed, inserted: pieces, start: pieces.slice(0, 12), configuration: {} })),
  ...[1, 2, 3, 4].map((seed) => ({
    seed,
    inserted: names,
    start: [examples[seed % examples.length] ?? "", ...names],
  })),
];

test.for(cases)("findings after edits are those of the same text opened afresh (seed $seed)", (given) => {
  const { seed, inserted, start, ...options } = given;
  const random = randomNumbers(seed);
  let text = start.join("\n");
  const project = openProject(text, options);
  for (let round = 0; round < 60; round++) {
    text = edited(text, inserted, random);
    project.setText(checkedUri, text);
    const fresh = openProject(text, options).diagnose(checkedUri);
    expect(project.diagnose(checkedUri), `round ${round}`).toEqual(fresh);
  }
});
