import { expect, test } from "vitest";
import { bullets, codeBlock, inlineCode, plainText, withoutMarkup } from "#language/semantics/markdown.ts";

test("code is closed by nothing that is in it", () => {
  expect(codeBlock("x = 1")).toBe("```lua\nx = 1\n```");
  expect(codeBlock("```\n# no")).toBe("````lua\n```\n# no\n````");
  expect(inlineCode("a")).toBe("`a`");
  expect(inlineCode("a``b")).toBe("```a``b```");
  expect(inlineCode("`a`")).toBe("`` `a` ``");
  expect(inlineCode("a\n\n# b")).toBe("`a # b`");
  expect(inlineCode("")).toBe("`  `");
});

test("texts of files are shown as they are", () => {
  expect(plainText("*a* <b> [c](d) `e`")).toBe("\\*a\\* \\<b\\> \\[c\\]\\(d\\) \\`e\\`");
  expect(plainText("one\ntwo\r\n    three")).toBe("one  \ntwo  \nthree");
  expect(plainText("# a\n- b\n1. c")).toBe("\\# a  \n\\- b  \n1\\. c");
});

test.for([
  [codeBlock("local x: integer"), "local x: integer"],
  [`${codeBlock("a")}\n\n${plainText("Adds *them*: 1 + 2.\nAll.")}`, "a\n\nAdds *them*: 1 + 2.\nAll."],
  [`Default: ${inlineCode("50")}.`, "Default: 50."],
  [bullets([inlineCode("a"), "b"]), "- a\n- b"],
  ["*An older form: write `x`.*", "An older form: write x."],
])("%j as plain text", ([markdown, expected]) => {
  expect(withoutMarkup(markdown ?? "")).toBe(expected);
});
