import { beforeAll, expect, test } from "vitest";
import { semanticTokens } from "#language/semantics/semantic-tokens.ts";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";
import { encodeTokens, tokenEdits } from "#language/structure/token-encoding.ts";
import { tokenModifiers, tokenTypes } from "#language/structure/token-legend.ts";

beforeAll(loadSpecificationParser);

/** Each token with what it is: `clerk class+declaration`. */
function tokens(source: string): string[] {
  const { file } = markedProject(source);
  return semanticTokens(file).flatMap(({ base, tokens: found }) => {
    const shown: string[] = [];
    for (let index = 0; index < found.length; index += 4) {
      const [start = 0, length = 0, type = 0, modifiers = 0] = found.subarray(index, index + 4);
      const text = file.text.slice(base + start, base + start + length);
      const marks = tokenModifiers.filter((_, bit) => modifiers & (1 << bit)).map((name) => `+${name}`);
      shown.push(`${text} ${tokenTypes[type]}${marks.join("")}`);
    }
    return shown;
  });
}

const cases: Readonly<Record<string, readonly [source: string, expected: readonly string[]]>> = {
  "an agent, where it is declared and used": [
    "clerk = Agent { tools = {} }\nclerk()",
    ["clerk class", "Agent function+defaultLibrary", "tools property+declaration", "clerk class"],
  ],
  "a tool in a local": [
    "local find = Tool {}",
    ["find function+declaration", "Tool function+defaultLibrary"],
  ],
  "a primitive and its member": [
    "State.set()",
    ["State namespace+defaultLibrary", "set method+defaultLibrary"],
  ],
  "a library and a global of Lua": [
    "string.find() print()",
    ["string namespace+defaultLibrary", "find method+defaultLibrary", "print function+defaultLibrary"],
  ],
  "a parameter and its uses": [
    "local function f(a) return a end",
    ["f function+declaration", "a parameter+declaration", "a parameter"],
  ],
  "a constant": [
    "local limit <const> = 1 print(limit)",
    [
      "limit variable+declaration+readonly",
      "const modifier",
      "print function+defaultLibrary",
      "limit variable+readonly",
    ],
  ],
  "an older member": [
    "a = Agent {}\nlocal r = a()\nprint(r.response)",
    [
      "a class",
      "Agent function+defaultLibrary",
      "r variable+declaration",
      "a class",
      "print function+defaultLibrary",
      "r variable",
      "response property+defaultLibrary+deprecated",
    ],
  ],
  "placeholders of a prompt": [
    'a = Agent { system_prompt = "Hi {input.day.x}" }',
    [
      "a class",
      "Agent function+defaultLibrary",
      "system_prompt property+declaration",
      "input namespace",
      "day property",
      "x property",
    ],
  ],
  "a specification": [
    "Specification([[\n@fast\nFeature: f\n  Scenario Outline: s\n    Given the input n is 5\n    Then <what> happens\n    Examples:\n      | what |\n]])",
    [
      "Specification function+defaultLibrary",
      "@fast label",
      "Feature keyword",
      "Scenario Outline keyword",
      "Given keyword",
      "n parameter",
      "5 parameter",
      "Then keyword",
      "<what> variable",
      "Examples keyword",
    ],
  ],
};

test.for(Object.entries(cases))("%s", ([, [source, expected]]) => {
  expect(tokens(source)).toEqual(expected);
});

test("one typed character changes few numbers in 10,000 lines", () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `local value_${index} = State.get("k") -- note`);
  const { project, file } = markedProject(lines.join("\n"));
  const encode = (): Uint32Array => encodeTokens(semanticTokens(file), file.lines);
  const before = encode();
  const at = file.text.indexOf("value_5000") + "value_5000".length;
  project.setText(file.uri, `${file.text.slice(0, at)}x${file.text.slice(at)}`);
  const edits = tokenEdits(before, encode());
  expect(JSON.stringify(edits).length).toBeLessThan(200);
  expect(edits).toHaveLength(1);
});
