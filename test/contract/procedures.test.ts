import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { type Desk, type Outcome, openDesk } from "./studio.ts";

const files = `
local csv, excel, parquet, hdf5 = require("tactus.io.csv"), require("tactus.io.excel"), require("tactus.io.parquet"), require("tactus.io.hdf5")
Procedure { function()
  csv.write("out/t.csv", {{name = "Ann", n = 1}, {name = "Bob", n = 2}})
  excel.write("out/t.xlsx", csv.read("out/t.csv"))
  parquet.write("out/t.parquet", excel.read("out/t.xlsx"))
  hdf5.write("out/t.h5", "n", {1, 2.5})
  return {rows = parquet.read("out/t.parquet"), n = hdf5.read("out/t.h5", "n"), child = Procedure.run("child", {x = 2})}
end }
`;

const child = "Procedure { input = {x = field.number{}}, function(input) return input.x + 1 end }";

function endOf({ stdout }: Outcome): RunEventOf<"run.finished"> {
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
  const last = events.at(-1);
  if (last?.type !== "run.finished") throw new Error(stdout);
  return last;
}

function run(desk: Desk, ...args: readonly string[]): Promise<Outcome> {
  return desk.studio(["run", ...args, "--isolation", "embedded", "--json"]);
}

test("foreign formats and other files, inside the sandbox", async () => {
  using desk = openDesk({ "main.tac": files, "child.tac": child });
  const outcome = await run(desk, "main.tac", "--workspace", "mount");
  expect(endOf(outcome)).toMatchObject({
    status: "completed",
    result: {
      rows: [
        { name: "Ann", n: "1" },
        { name: "Bob", n: "2" },
      ],
      n: [1, 2.5],
      child: 3,
    },
  });
  expect(readFileSync(path.join(desk.folder, "out/t.xlsx")).subarray(0, 2).toString()).toBe("PK");
  expect(existsSync(path.join(desk.folder, "out/t.h5"))).toBe(true);
});

test("a task by its name", async () => {
  using desk = openDesk({
    "main.tac":
      'IncludeTasks("more.tac", "more")\nTask "one" { depends_on = "more:two", entry = function() return order end }',
    "more.tac": 'order = {}\nTask "two" { entry = function() order[1] = "two" end }',
  });
  expect(endOf(await run(desk, "main.tac", "one")).result).toEqual(["two"]);
  const several = await run(desk, "main.tac");
  expect(several.code).toBe(1);
  expect(endOf(several).error?.code).toBe("task-required");
});

const waiting = `Procedure { function()
  local first = Step.checkpoint(function() Log.info("once") return 1 end)
  local other = Procedure.await_children{children = {{id = FIRST}}}
  return {first, other.children[1].status}
end }`;

/** Ids of the runs of a desk, oldest first. */
function runsOf(desk: Desk): readonly string[] {
  return readdirSync(path.join(desk.folder, ".tactus/runs"))
    .filter((name) => /^\d/.test(name))
    .toSorted();
}

test("a run that waits ends, and goes on when it is resumed", async () => {
  using desk = openDesk({
    "defers.tac":
      'Procedure { function() return Procedure.defer{key = "k", resume_at = "2999-01-01T00:00:00Z", reason = "later"} end }',
  });
  const deferred = await run(desk, "defers.tac");
  expect(deferred.code).toBe(5);
  expect(endOf(deferred)).toMatchObject({
    status: "waiting",
    waiting: { for: "time", until: "2999-01-01T00:00:00.000Z" },
  });

  const [first = ""] = runsOf(desk);
  writeFileSync(path.join(desk.folder, "awaits.tac"), waiting.replace("FIRST", JSON.stringify(first)));
  const awaiting = await run(desk, "awaits.tac");
  expect(endOf(awaiting)).toMatchObject({ status: "waiting", waiting: { for: "children" } });

  // The first run ends in the only way in which a time that far away passes.
  const journal = path.join(desk.folder, ".tactus/runs", first, "events.jsonl");
  writeFileSync(journal, readFileSync(journal, "utf8").replaceAll('"status":"waiting"', '"status":"failed"'));
  const second = runsOf(desk).find((id) => id !== first) ?? "";
  const resumed = await desk.studio(["runs", "resume", second, "--json"]);
  expect(endOf(resumed)).toMatchObject({ status: "completed", result: [1, "failed"] });
  expect(resumed.stdout).not.toContain('"message":"once"');
});
