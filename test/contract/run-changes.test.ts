import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

test("files are applied and discarded one by one; what was decided is not asked again", async () => {
  using desk = openDesk(files);
  const run = await changedBy(desk);
  expect(await desk.studio(["runs", "apply", run, "made/new.txt"])).toMatchObject({
    code: 0,
    stdout: "made/new.txt\n",
  });
  expect([text(desk, "kept.txt"), text(desk, "made/new.txt")]).toEqual(["one\ntwo\n", "made\n"]);
  const left = await desk.studio(["runs", "diff", run, "--json"]);
  expect(JSON.parse(left.stdout).changes).toMatchObject([{ path: "kept.txt" }]);
  expect(await desk.studio(["runs", "apply", run, "made/new.txt"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("made/new.txt: The run left no open change"),
  });
  expect((await desk.studio(["runs", "discard", run, "kept.txt"])).code).toBe(0);
  expect((await desk.studio(["runs", "diff", run])).stdout).toBe("The run left no changes.\n");
  expect(text(desk, "kept.txt")).toBe("one\ntwo\n");
});

test("a conflict is shown with what changed meanwhile, and written over only by name", async () => {
  using desk = openDesk(files);
  const run = await changedBy(desk);
  writeFileSync(path.join(desk.folder, "kept.txt"), "one\ntwo\nmine\n");
  const { stdout } = await desk.studio(["runs", "diff", run, "kept.txt"]);
  expect(stdout).toContain("! kept.txt: The file changed in the folder since the run began.");
  expect(stdout).toContain("-two\n+new\n");
  expect(stdout).toMatch(/What changed in the folder meanwhile:[^!]*\+mine\n/);
  expect(await desk.studio(["runs", "apply", run, "kept.txt"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--overwrite kept.txt"),
  });
  expect((await desk.studio(["runs", "apply", run, "--overwrite", "kept.txt"])).code).toBe(0);
  expect(text(desk, "kept.txt")).toBe("one\nnew\n");
});

test("what programs obey or start is applied only when each is confirmed by its name", async () => {
  const risky = [
    ".git/hooks/post-checkout",
    ".github/workflows/ci.yml",
    ".vscode/tasks.json",
    ".tactus/config.yml",
    ".envrc",
    "a.tac.yml",
    "b.tac",
    "run.sh",
    "tool.exe",
    "KEPT.txt",
    "plain",
  ];
  const lines = risky.map((file) => `  File.write("${file}", "${file === "plain" ? "#!/bin/sh" : "x"}")`);
  using desk = openDesk({
    "a.tac": `Procedure { function()\n${lines.join("\n")}\n  File.write("fine.txt", "fine")\nend }`,
    "kept.txt": "mine",
  });
  const run = await changedBy(desk);
  const refused = await desk.studio(["runs", "apply", run, "--json"]);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ applied: [], refused: risky });
  expect(refused.stderr).toContain("--confirm .git/hooks/post-checkout");
  expect(readdirSync(desk.folder)).not.toContain("fine.txt");
  expect((await desk.studio(["runs", "diff", run])).stdout).toContain("! run.sh: It is a program.");
  const one = ["runs", "apply", run, "run.sh", "fine.txt", "--confirm", "run.sh"];
  expect(await desk.studio(one)).toMatchObject({ code: 0, stdout: "run.sh\nfine.txt\n" });
  expect(statSync(path.join(desk.folder, "run.sh")).mode & 0o111).toBe(0);
  const hook = ["runs", "apply", run, ".git/hooks/post-checkout", "--confirm", ".git/hooks/other"];
  expect((await desk.studio(hook)).code).toBe(1);
  expect(existsSync(path.join(desk.folder, ".git"))).toBe(false);
});

test("changes of a journal that came with a folder are shown and discarded, never applied", async () => {
  using author = openDesk(files);
  const run = await changedBy(author);
  using desk = openDesk({});
  cpSync(author.folder, desk.folder, { recursive: true });
  writeFileSync(path.join(desk.folder, "kept.txt"), "one\ntwo\n");
  expect((await desk.studio(["runs", "diff", run])).stdout).toContain("+new\n");
  expect(await desk.studio(["runs", "apply", run])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("did not begin here"),
  });
  expect(text(desk, "kept.txt")).toBe("one\ntwo\n");
  expect((await desk.studio(["runs", "discard", run])).code).toBe(0);
});

test.for([
  ["its folder", "changes"],
  ["the folder of its contents", "changes/files"],
])("changes are not deleted through a link: %s", async ([, place]) => {
  using desk = openDesk({ ...files, "precious/files/mine.txt": "mine", "precious/changes.json": "{}" });
  const run = await changedBy(desk);
  const linked = path.join(desk.folder, ".tactus/runs", run, place ?? "");
  rmSync(linked, { recursive: true });
  symlinkSync(path.join(desk.folder, "precious"), linked);
  for (const command of ["diff", "discard"]) {
    expect(await desk.studio(["runs", command, run])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("behind a link"),
    });
  }
  expect(text(desk, "precious/files/mine.txt")).toBe("mine");
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
