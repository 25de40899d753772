import { expect, test } from "vitest";
import { parseSource } from "#language/syntax/parse-source.ts";
import { linkedRanges } from "./linked-ranges.ts";

/** The text with `<` and `>` around what is edited together with the place at `|`. */
function linked(marked: string): string | undefined {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = linkedRanges(parseSource(text), offset);
  if (!found) return undefined;
  return found.ranges
    .toReversed()
    .reduce(
      (shown, { start, end }) => `${shown.slice(0, start)}<${shown.slice(start, end)}>${shown.slice(end)}`,
      text,
    );
}

const cases: Readonly<Record<string, readonly [marked: string, shown: string | undefined]>> = {
  "the levels of a long string": ["x = [=|=[a]==]", "x = [<==>[a]<==>]"],
  "levels that are empty": ["x = [|[a]]", "x = [<>[a]<>]"],
  "the closing level": ["x = [=[a]|=]", "x = [<=>[a]<=>]"],
  "a long comment": ["--[=|[ a ]=]", "--[<=>[ a ]<=>]"],
  "inside the text": ["x = [==[a|b]==]", undefined],
  "a text without its end": ["x = [=|=[a", undefined],
  "a label and its gotos": ["::a|gain:: do goto again end", "::<again>:: do goto <again> end"],
  "a goto that jumps ahead": ["goto d|one\nx()\n::done::", "goto <done>\nx()\n::<done>::"],
  "labels of sibling blocks": [
    "do goto n ::n:: end do goto |n ::n:: end",
    "do goto n ::n:: end do goto <n> ::<n>:: end",
  ],
  "no goto leaves a function": ["::a:: function f() goto |a end", undefined],
  "nor is one of a function meant": [
    "::|a:: function f() goto a ::a:: end",
    "::<a>:: function f() goto a ::a:: end",
  ],
  "a name in a specification": [
    'S([[Feature: f\n the agent "cl|erk" the tool "clerk" the agent "clerk"]])',
    'S([[Feature: f\n the agent "<clerk>" the tool "clerk" the agent "<clerk>"]])',
  ],
  "a name that stands there once": ['S([[Feature: f\n the agent "cl|erk"]])', undefined],
  "a name in another text": ['p = [[the agent "cl|erk" the agent "clerk"]]', undefined],
  "a variable": ["local a = |a", undefined],
};

test.for(Object.entries(cases))("%s", ([, [marked, shown]]) => {
  expect(linked(marked)).toBe(shown);
});
