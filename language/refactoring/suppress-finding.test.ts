import { expect, test } from "vitest";
import { checkProcedure } from "#language/diagnostics/check-procedure.ts";
import { suppressInFile, suppressInLine } from "#language/refactoring/suppress-finding.ts";
import { applied } from "#language/semantics/testing/applied.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

/** The codes that are still found. */
function codes(text: string): string[] {
  const { project, file } = markedProject(text);
  return checkProcedure(file, project, (uri) => uri).map(({ code }) => code);
}

test.for(
  Object.entries({
    "in the line above": [
      "do\n  print(missing)\nend",
      "do\n  ---@diagnostic disable-next-line: undefined-global\n  print(missing)\nend",
    ],
    "in the first line": [
      "print(missing)",
      "---@diagnostic disable-next-line: undefined-global\nprint(missing)",
    ],
    "with the line ends of the file": [
      "x = 1\r\nprint(missing)\r\n",
      "x = 1\r\n---@diagnostic disable-next-line: undefined-global\r\nprint(missing)\r\n",
    ],
  } satisfies Record<string, [string, string]>),
)("%s", ([, [text, expected]]) => {
  const { file } = markedProject(text);
  const line = file.lines.positionAt(text.indexOf("missing")).line;
  expect(codes(text)).toContain("undefined-global");
  const changed = applied(text, suppressInLine(file, "undefined-global", line));
  expect(changed).toBe(expected);
  expect(codes(changed)).toEqual([]);
});

test("around a long text that the line is part of", () => {
  const text =
    'clerk = Agent {\n  provider = "openai", model = "m",\n  system_prompt = [[\n    {nowhere.x}\n  ]],\n}\nclerk()';
  const { file } = markedProject(text);
  const changed = applied(text, suppressInLine(file, "unknown-placeholder", 3));
  expect(changed).toBe(
    'clerk = Agent {\n  provider = "openai", model = "m",\n  ---@diagnostic disable: unknown-placeholder\n  system_prompt = [[\n    {nowhere.x}\n  ]],\n  ---@diagnostic enable: unknown-placeholder\n}\nclerk()',
  );
  expect(markedProject(changed).file.tree.statements.flatMap(({ problems }) => problems)).toEqual([]);
});

test("in the whole file", () => {
  const { file } = markedProject("print(missing)");
  const changed = applied(file.text, suppressInFile(file, "undefined-global"));
  expect(changed).toBe("---@diagnostic disable: undefined-global\nprint(missing)");
  expect(codes(changed)).toEqual([]);
});
