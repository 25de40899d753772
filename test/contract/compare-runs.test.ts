import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { comparisonReport } from "#protocol/reports/comparison-report.ts";
import { openDesk } from "./studio.ts";

const procedure = `search = Tool { input = { what = field.string{} }, function(args) return "found " .. args.what end }
Procedure {
  input = { topic = field.string{} },
  function(input)
    if input.topic == "two\\27[31m" then File.write("more.txt", "x") end
    return { text = search({ what = input.topic }) }
  end
}`;

test("two runs are compared in JSON and in lines, foreign text as text", async () => {
  using desk = openDesk({ "a.tac": procedure });
  for (const topic of ["one", "two\u001b[31m"]) {
    const { code } = await desk.studio([
      "run",
      "a.tac",
      "--isolation",
      "embedded",
      "--input",
      `topic=${topic}`,
    ]);
    expect(code).toBe(0);
  }
  const runs = readdirSync(path.join(desk.folder, ".tactus/runs")).filter((name) => name !== ".gitignore");
  const inputOf = async (run: string) =>
    JSON.parse((await desk.studio(["runs", "events", run])).stdout.split("\n")[0] ?? "").input.topic;
  const [one = "", two = ""] = runs;
  const [base, head] = (await inputOf(one)) === "one" ? [one, two] : [two, one];
  const { stdout } = await desk.studio(["runs", "compare", base, head, "--json"]);
  const report = comparisonReport.parse(JSON.parse(stdout));
  expect(report.differs).toEqual(["input", "result"]);
  expect(report.steps.map(({ base: one, head: other, differs }) => [(one ?? other)?.name, differs])).toEqual([
    ["more.txt", ["presence"]],
    ["search", ["given", "outcome"]],
  ]);
  const shown = await desk.studio(["runs", "compare", base, head]);
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining("+ file more.txt") });
  expect(shown.stdout).not.toContain("\u001b");
  expect((await desk.studio(["runs", "compare", base, "none"])).code).toBe(2);
});
