import { expect, test } from "vitest";
import { parseSource } from "./parse-source.ts";
import { stringOffset } from "./string-content.ts";
import type { StringExpression } from "./tree.ts";
import { walk } from "./walk.ts";

/** The string of `x = …`, and the text around it. */
function parsed(written: string): { text: string; node: StringExpression } {
  const text = `x = ${written}`;
  const found: StringExpression[] = [];
  for (const { node } of parseSource(text).statements)
    walk(node, (inner) => {
      if (inner.kind === "StringExpression") found.push(inner);
    });
  const [node] = found;
  if (!node) throw new Error(`There is no string in ${text}`);
  return { text, node };
}

test.for<[written: string, value: string]>([
  ["''", ""],
  ["'plain'", "plain"],
  ['"a\\n\\t\\\\\\"b"', 'a\n\t\\"b'],
  ["'\\x41\\65\\u{41}'", "AAA"],
  ["'\\u{1F600}\\u{D800}\\u{7FFFFFFF}'", "\u{1f600}\ufffd\ufffd"],
  ["'\\xE2\\x82\\xAC\\226\\130\\172'", "\u20ac\u20ac"],
  ["'\\xE2\\x82 \\xff'", "\ufffd \ufffd"],
  ["'a\\z \n  b'", "ab"],
  ["'a\\\r\nb\\\nc'", "a\nb\nc"],
  ["[[\nfirst\r\nsecond\rthird]]", "first\nsecond\nthird"],
  ["[==[]]\\n]==]", "]]\\n"],
  ["[[\n]]", ""],
  ["[[\r\n\nx]]", "\nx"],
])("%j is %j", ([written, value]) => {
  expect(parsed(written).node.value).toBe(value);
});

test("the content is what stands between the quotes or brackets", () => {
  for (const [written, content] of [
    ["'a\\nb'", "a\\nb"],
    ["[[\nab]]", "ab"],
    ["[=[ab]=]", "ab"],
    ["'ab", "ab"],
    ["'ab\\'", "ab\\'"],
    ["[[ab", "ab"],
  ] as const) {
    const { text, node } = parsed(written);
    expect(text.slice(node.content.start, node.content.end)).toBe(content);
  }
});

test.for<[written: string, marked: string]>([
  ["'abc'", "a"],
  ["'\\n\\tabc'", "a"],
  ["'\\xE2\\x82\\xACx'", "x"],
  ["'a\\z   b'", "b"],
  ["[[\r\none\r\ntwo]]", "w"],
  ["'\\u{1F600}y'", "y"],
])("offset in %j of %j", ([written, marked]) => {
  const { text, node } = parsed(written);
  const index = node.value.indexOf(marked);
  expect(text[stringOffset(text, node, index)]).toBe(marked);
  expect(stringOffset(text, node, node.value.length)).toBe(node.content.end);
});

test("an offset inside an escape is the start of the escape", () => {
  const { text, node } = parsed("'a\\u{1F600}b'");
  expect(stringOffset(text, node, 2)).toBe(text.indexOf("\\"));
});
