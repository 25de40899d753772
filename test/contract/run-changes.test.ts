import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type Desk, openDesk } from "./studio.ts";

const writing = `Procedure { function()
  File.write("kept.txt", "one\\nnew\\n")
  File.write("made/new.txt", "made\\n")
end }`;
const files = { "a.tac": writing, "kept.txt": "one\ntwo\n" };

function runsOf(desk: Desk): string[] {
  return readdirSync(path.join(desk.folder, ".tactus", "runs")).filter((name) => name !== ".gitignore");
}

async function changedBy(desk: Desk): Promise<string> {
  await desk.studio(["run", "a.tac", "--isolation", "embedded", "--json"]);
  return runsOf(desk)[0] ?? "";
}

const text = (desk: Desk, file: string): string => readFileSync(path.join(desk.folder, file), "utf8");

test("changes are shown, applied once, and gone then", async () => {
  using desk = openDesk(files);
  const run = await changedBy(desk);
  const shown = await desk.studio(["runs", "diff", run]);
  expect(shown.stdout).toContain("--- a/kept.txt\n");
  expect(shown.stdout).toContain("-two\n+new\n");
  expect(shown.stdout).toContain("--- /dev/null");
  const { stdout } = await desk.studio(["runs", "diff", run, "--json"]);
  expect(JSON.parse(stdout).changes).toMatchObject([
    { path: "kept.txt", kind: "modified", conflicting: false },
    { path: "made/new.txt", kind: "created", conflicting: false },
  ]);
  expect(text(desk, "kept.txt")).toBe("one\ntwo\n");
  expect(await desk.studio(["runs", "apply", run])).toMatchObject({
    code: 0,
    stdout: "kept.txt\nmade/new.txt\n",
  });
  expect([text(desk, "kept.txt"), text(desk, "made/new.txt")]).toEqual(["one\nnew\n", "made\n"]);
  expect((await desk.studio(["runs", "diff", run])).stdout).toBe("The run left no changes.\n");
});

test("a file that changed meanwhile stops all of it", async () => {
  using desk = openDesk(files);
  const run = await changedBy(desk);
  writeFileSync(path.join(desk.folder, "kept.txt"), "mine\n");
  const applied = await desk.studio(["runs", "apply", run]);
  expect(applied).toMatchObject({ code: 1, stderr: expect.stringContaining("kept.txt") });
  expect(text(desk, "kept.txt")).toBe("mine\n");
  expect(readdirSync(desk.folder)).not.toContain("made");
  expect((await desk.studio(["runs", "discard", run])).code).toBe(0);
  expect((await desk.studio(["runs", "diff", run])).stdout).toBe("The run left no changes.\n");
});

test("prune removes what is over and keeps what can go on", async () => {
  using desk = openDesk({
    ...files,
    "b.tac": 'Procedure { function() return Human.input{ message = "?" } end }',
  });
  const over = await changedBy(desk);
  await desk.studio(["run", "b.tac", "--isolation", "embedded", "--json"]);
  const { stdout } = await desk.studio(["runs", "prune", "--json"]);
  expect(JSON.parse(stdout)).toEqual({ pruned: [over] });
  expect(runsOf(desk)).toHaveLength(1);
  expect(JSON.parse((await desk.studio(["runs", "prune", "--all", "--json"])).stdout).pruned).toHaveLength(1);
});
