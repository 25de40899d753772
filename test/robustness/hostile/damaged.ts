import fc from "fast-check";
import type { Json } from "#common/json.ts";
import { mutate } from "../mutations.ts";
import { Random } from "../random.ts";

/** One of the texts, damaged as the fuzzer of the language server damages texts. */
export function damagedText(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.nat())
    .map(([text, seed]) => mutate(text, new Random(seed), texts));
}

/** What stands where another value was expected; the names are those that reach a prototype. */
const oddValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, -1, 0, 1, 1e308, 2 ** 53, "", "__proto__", "\u001b[2J", "\ud800", [], {}),
  fc.constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}').map(parsed),
  fc.jsonValue({ maxDepth: 2 }).map((value) => parsed(JSON.stringify(value))),
);

/** One of the values as JSON, with up to two of its parts replaced, left out or given under another name. */
export function damagedJson(values: readonly object[]): fc.Arbitrary<string> {
  const texts = values.map((value) => JSON.stringify(value));
  const damages = fc.array(fc.tuple(fc.nat(), oddValue, fc.boolean()), { maxLength: 2 });
  return fc
    .tuple(fc.constantFrom(...texts), damages)
    .map(([text, chosen]) =>
      chosen.reduce((current, [place, value, removed]) => replaced(current, place, value, removed), text),
    );
}

function replaced(text: string, place: number, value: Json, removed: boolean): string {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null/g) ?? [];
  const chosen = parts[place % Math.max(1, parts.length)];
  if (chosen === undefined) return text;
  return text.replace(chosen, () => (removed ? '"__proto__"' : JSON.stringify(value)));
}

function parsed(text: string): Json {
  return JSON.parse(text);
}
