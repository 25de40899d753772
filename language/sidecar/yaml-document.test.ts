import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { mutatedText, SeededRandom } from "#language/sidecar/testing/mutated-text.ts";
import { sampleConfigs } from "#language/sidecar/testing/sample-configs.ts";
import { parseYamlDocument, type YamlDocument } from "#language/sidecar/yaml-document.ts";

/** What the parser says of the whole text at once. */
function reference(text: string): { readonly value: unknown; readonly isSound: boolean } {
  const whole = parseDocument(text, { schema: "core", logLevel: "silent", prettyErrors: false });
  const isSound = whole.errors.length === 0 && whole.warnings.length === 0;
  return { value: isSound ? whole.toJS({ maxAliasCount: 1000 }) : undefined, isSound };
}

function plain(document: YamlDocument): unknown {
  return JSON.parse(JSON.stringify(document.value) ?? "null");
}

/** Large enough to be taken apart at several levels. */
const large = `host_tools:\n  tools:\n${Array.from(
  { length: 30 },
  (_, index) =>
    `    tool_${index}:\n      command: [git, status]\n      input:\n        a: { type: string }\n`,
).join("")}tool_paths:\n${Array.from({ length: 100 }, (_, index) => `- ./tool_${index}.py\n`).join("")}`;

describe("reading section by section means what reading at once means", () => {
  test.for([...sampleConfigs, large].map((text, index) => [index, text] as const))(
    "sample %i",
    ([, text]) => {
      const document = parseYamlDocument(text);
      expect(document.problems).toEqual([]);
      expect(plain(document)).toEqual(reference(text).value);
    },
  );

  test("after any damage: what it accepts has the same value, what it refuses is refused", () => {
    const random = new SeededRandom(7);
    const corpus = [...sampleConfigs, large];
    let accepted = 0;
    for (let round = 0; round < 500; round++) {
      const text = mutatedText(random.of(corpus), corpus, random);
      const document = parseYamlDocument(text);
      if (document.problems.length > 0) continue;
      const { value, isSound } = reference(text);
      expect(isSound, JSON.stringify(text)).toBe(true);
      expect(plain(document), JSON.stringify(text)).toEqual(JSON.parse(JSON.stringify(value) ?? "null"));
      accepted += 1;
    }
    expect(accepted).toBeGreaterThan(50);
  });

  test("an edited version equals a fresh one", () => {
    const random = new SeededRandom(11);
    let document = parseYamlDocument(large);
    for (let round = 0; round < 200; round++) {
      const text = mutatedText(document.text.length > 20_000 ? large : document.text, sampleConfigs, random);
      document = parseYamlDocument(text, document);
      const fresh = parseYamlDocument(text);
      expect(document.root).toEqual(fresh.root);
      expect(document.problems).toEqual(fresh.problems);
    }
  });
});

describe("places", () => {
  const document = parseYamlDocument(large);
  test("a key and its value, deep inside", () => {
    const path = ["host_tools", "tools", "tool_7", "command", 1];
    expect(large.slice(document.valueSpan(path).start, document.valueSpan(path).end)).toBe("status");
    const key = document.keySpan(path.slice(0, -1));
    expect(large.slice(key.start, key.end)).toBe("command");
    expect(document.lineOf(path.slice(0, -2))).toBe(3 + 7 * 4);
  });

  test("the nearest place above for what is not there", () => {
    const span = document.keySpan(["host_tools", "tools", "tool_7", "timeout"]);
    expect(large.slice(span.start, span.end)).toBe("tool_7");
  });

  test("aliases lead to their values", () => {
    const text = "a: &x { b: 1 }\nc: *x\n";
    expect(parseYamlDocument(text).nodeAt(["c"])).toMatchObject({ kind: "mapping", start: 6 });
  });
});

describe("hostile texts", () => {
  test.for<[string, string]>([
    ["brackets", "[".repeat(1_000_000)],
    ["closing brackets", "]".repeat(1_000_000)],
    ["braces", "{".repeat(1_000_000)],
    ["nested lists", "- ".repeat(500_000)],
    ["nested pairs", "a: [b: c, ".repeat(100_000)],
    ["anchors", "a: ".concat("&a ".repeat(330_000))],
    ["tags", "a: ".concat("!a ".repeat(330_000))],
    ["stairs", Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    ["one long line", `a: "${"x".repeat(1_000_000)}"`],
    ["keys without end", Array.from({ length: 100_000 }, (_, index) => `k${index}: 1\n`).join("")],
    ["one key", "k: 1\n".repeat(200_000)],
    ["quotes", '"'.repeat(1_000_000)],
    ["line breaks in brackets", `{a: [${"\n,".repeat(400_000)}`],
    ["directives", "%a\n".repeat(330_000)],
    ["documents", "---\n".repeat(250_000)],
    ["copies of copies", `a: &a [${"1,".repeat(5000)}]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n`],
    ["more than a megabyte", "a: b\n".repeat(210_000)],
  ])("%s: read to the end, refused or not", ([, text]) => {
    const document = parseYamlDocument(text);
    const value = document.value;
    expect(document.problems.length > 0 || value !== undefined).toBe(true);
  });

  test("what must be refused is", () => {
    for (const text of ["[".repeat(200), "a: *a", "a: &a [*a]", "{[a]: b}", "a: b\n".repeat(210_000)])
      expect(parseYamlDocument(text).problems, text.slice(0, 20)).not.toEqual([]);
  });
});
