import { expect, test } from "vitest";
import { Project } from "#language/project/project.ts";

const uri = "file:///work/a.tac";

test("a file that is too large is told, not read; when it is cut it is read again", () => {
  const project = new Project();
  project.setText(uri, "missing()\n");
  project.setText(uri, `missing()\n${" ".repeat(4 * 1024 * 1024)}`);
  expect(project.procedure(uri)).toBeUndefined();
  expect(project.diagnose(uri)).toMatchObject([
    { code: "file-too-large", severity: "warning", message: expect.stringContaining("4,194,314 characters") },
  ]);
  expect(project.symbolsOf(uri)).toEqual([]);
  project.setText(uri, "missing()\n");
  expect(project.diagnose(uri)).toMatchObject([{ code: "undefined-global" }]);
});
