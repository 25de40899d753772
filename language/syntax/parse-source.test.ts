import { describe, expect, test } from "vitest";
import { damaged, damages, SeededRandom } from "./damaged-text.ts";
import { parseSource, updateSource } from "./parse-source.ts";
import { sampleTexts } from "./sample-texts.ts";
import { tokenText } from "./tokens.ts";
import type { Node, SourceTree, TopStatement } from "./tree.ts";
import { childrenOf } from "./walk.ts";

const corpus = Object.values(sampleTexts);

/** What is wrong with the spans of a node and of everything in it; `limits` are those of its parent. */
function spanErrors(node: Node, limits: { start: number; end: number }): string[] {
  const errors: string[] = [];
  if (node.start < limits.start || node.end > limits.end || node.start > node.end)
    errors.push(`${node.kind} ${node.start}-${node.end} is not in ${limits.start}-${limits.end}`);
  let at = node.start;
  for (const child of childrenOf(node)) {
    // A function's body starts at its keyword, before the name.
    if (child.start < at && child.kind !== "FunctionBody")
      errors.push(`${child.kind} at ${child.start} starts before ${at}`);
    errors.push(...spanErrors(child, node));
    at = child.end;
  }
  return errors;
}

function expectSound(tree: SourceTree): void {
  const { text, tokens, statements, offsets } = tree;
  const pieces = Array.from({ length: tokens.count }, (_, index) => tokenText(tokens, index));
  expect(pieces.join("")).toBe(text);
  expect(pieces.slice(0, -1).every((piece) => piece !== "")).toBe(true);
  let offset = 0;
  for (const [index, { length, node, problems, reach }] of statements.entries()) {
    expect(offsets[index]).toBe(offset);
    offset += length;
    expect(spanErrors(node, { start: 0, end: length })).toEqual([]);
    expect(reach).toBeGreaterThanOrEqual(length);
    expect(problems.every(({ start, end }) => start >= 0 && start <= end && end <= reach)).toBe(true);
  }
  expect(offset).toBe(text.length);
  expect(statements.at(-1)?.node.kind).toBe("EndOfFile");
}

const rounds = Array.from({ length: 10 }, (_, round) => round);

test.for(rounds)("trees are sound and equal whether fresh or updated, round %i", (round) => {
  for (let run = 0; run < 30; run++) {
    const random = new SeededRandom(round * 1000 + run);
    const texts = [random.pick(corpus)];
    let tree = parseSource(texts[0] ?? "");
    for (let edit = 0; edit < 10; edit++) {
      const isUndone = random.chance(0.3) && texts.length > 1;
      const text = isUndone ? (texts.at(-2) ?? "") : damaged(tree.text, random, corpus);
      tree = updateSource(tree, text);
      expectSound(tree);
      expect(new Set(tree.statements).size).toBe(tree.statements.length);
      expect(tree, `run ${run}, edit ${edit}`).toEqual(parseSource(text));
      texts.push(text);
    }
  }
});

function namesOf({ node }: TopStatement): string[] {
  switch (node.kind) {
    case "Assignment":
      return node.targets.flatMap((target) => (target.kind === "NameExpression" ? [target.text] : []));
    case "FunctionStatement":
      return node.target.kind === "NameExpression" ? [node.target.text] : [node.target.member.text];
    case "LocalFunction":
      return [node.name.text];
    case "LocalStatement":
      return node.names.map(({ name }) => name.text);
    default:
      return [];
  }
}

function problemCount({ problems, statements }: SourceTree): number {
  return problems.length + statements.reduce((count, statement) => count + statement.problems.length, 0);
}

/** Whether the names are among the others, in that order. */
function isAmong(names: readonly string[], others: readonly string[]): boolean {
  let found = 0;
  for (const other of others) if (other === names[found]) found++;
  return found === names.length;
}

// What these damages cut in or off may take declarations along in a way that only a reader could put right.
const {
  "splice in another": _splice,
  "cut off the end": _end,
  "cut off the start": _start,
  ...local
} = damages;

test.for(Object.entries(local))("names outside a damage stay: %s", ([, damage]) => {
  const whole = corpus.filter((text) => {
    const tree = parseSource(text);
    return problemCount(tree) === 0 && tree.statements.length > 3;
  });
  let tried = 0;
  const lost: string[] = [];
  for (let run = 0; run < 400; run++) {
    const random = new SeededRandom(run);
    const text = random.pick(whole);
    const { statements, offsets } = parseSource(text);
    const index = random.below(statements.length - 1);
    const start = (offsets[index] ?? 0) + (statements[index]?.node.start ?? 0);
    const end = offsets[index + 1] ?? text.length;
    const hurt = text.slice(0, start) + damage(text.slice(start, end), random, corpus) + text.slice(end);
    const after = parseSource(hurt);
    if (problemCount(after) === 0) continue;
    tried++;
    const others = statements.filter((_, other) => other !== index).flatMap(namesOf);
    if (!isAmong(others, after.statements.flatMap(namesOf))) lost.push(hurt);
  }
  // Guesses fail where a bracket that is moved closes something else just as well; that is rare.
  expect(lost.length, lost[0]).toBeLessThanOrEqual(tried / 200);
  if (damage !== damages["other line breaks"]) expect(tried).toBeGreaterThan(40);
});

describe("an update", () => {
  const text = "a = 1\nb = f(2)\nfunction c() return 3 end\nd = 4\n";
  const tree = parseSource(text);

  test("keeps the objects of all statements but the changed one", () => {
    const next = updateSource(tree, text.replace("2", "22"));
    expect(next.statements.map((statement, index) => statement === tree.statements[index])).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  test.for([
    ["b = f(2)\n", "b = f(2)\nb = f(2)\n"],
    ["d = 4\n", "d = 4\nd = 4\n"],
    ["a = 1\n", "a = 1\na = 1\na = 1\n"],
    [text, text + text],
  ] as const)("has no object twice when a statement is copied: %j", ([old, by]) => {
    const next = updateSource(tree, text.replace(old, by));
    expect(new Set(next.statements).size).toBe(next.statements.length);
    expect(next).toEqual(parseSource(next.text));
  });

  test("gives the tree itself when nothing changed", () => {
    expect(updateSource(tree, text)).toBe(tree);
  });

  test.for([
    ["a new statement", "d = 4", "x = 0\nd = 4", 4],
    ["a removed one", "b = f(2)\n", "", 3],
    ["a string without its end", "f(2)", "f('2", 4],
    ["a long string without its end", "f(2)", "[[", 4],
    ["a missing end", " end", "", 4],
  ] as const)("keeps what is not touched: %s", ([, old, by, kept]) => {
    const next = updateSource(tree, text.replace(old, by));
    const known = new Set(tree.statements);
    expect(next.statements.filter((statement) => known.has(statement))).toHaveLength(kept);
    expect(next).toEqual(parseSource(next.text));
  });
});

test.for([
  ["parentheses", "(", ")"],
  ["tables", "{", "}"],
  ["functions", "function() return ", " end"],
  ["blocks", "do ", " end"],
  ["minus signs", "- ", ""],
  ["members", "a.", ""],
  ["calls", "f(", ")"],
] as const)("deep nesting of %s overflows nothing", ([, opening, closing]) => {
  for (const size of [1000, 100_000]) {
    const text = `x = ${opening.repeat(size)}1${closing.repeat(size)}`;
    const tree = parseSource(`${text}\ny = 1`);
    expect(problemCount(tree)).toBeGreaterThan(0);
    expect(problemCount(tree)).toBeLessThan(100);
    expect(namesOf(tree.statements.at(-2) as TopStatement)).toEqual(["y"]);
  }
});
