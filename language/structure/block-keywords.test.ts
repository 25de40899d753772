import { expect, test } from "vitest";
import { parseSource } from "#language/syntax/parse-source.ts";
import { blockKeywordsAt } from "./block-keywords.ts";

function keywords(marked: string): string {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  return blockKeywordsAt(parseSource(text), offset)
    .map(({ start, end }) => `${text.slice(start, end)}@${start}`)
    .join(" ");
}

const cases: Readonly<Record<string, string>> = {
  "|function f() end": "function@0 end@13",
  "x = function() do en|d end": "do@15 end@18",
  "if a then b() elseif| c then d() else e() end": "if@0 then@5 elseif@14 then@23 else@32 end@41",
  "while a |do b() end": "while@0 do@8 end@15",
  "for i = 1, 2 do f() e|nd": "for@0 do@13 end@20",
  "for a in b do end|": "for@0 do@11 end@14",
  "repeat a() |until b": "repeat@0 until@11",
  "x = 1\n\n\nlocal function f() return 1 |end": "function@14 end@36",
  "if a| then end": "",
  "function f()| return 1": "",
  "func|tion f() return 1": "function@0",
};

test.for(Object.entries(cases))("%s", ([marked, expected]) => {
  expect(keywords(marked)).toBe(expected);
});
