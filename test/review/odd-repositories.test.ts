import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { ok } from "#common/result.ts";
import { type ReviewReport, reviewReport } from "#protocol/reports/review-report.ts";
import { ObjectDatabase } from "#review/git/object-database.ts";
import { reviewChange } from "#review/review-change.ts";
import { TestRepository } from "./repository.ts";
import { copiesOfChangedRepository } from "./repository-copies.ts";

const repositories = copiesOfChangedRepository();
const repository = (): Promise<TestRepository> => repositories.copy();

/** What a review says, or the code of the problem that there is instead. */
async function review(
  folder: string,
  { base = "main", head = "head", signal = new AbortController().signal } = {},
): Promise<ReviewReport | string> {
  const found = await reviewChange({ kind: "commits", repository: folder, base, head }, { signal });
  if (!found.ok) return found.error.code;
  await found.value.dispose();
  return reviewReport.parse(found.value.report);
}

/** An entry of a tree object. */
function entry(mode: string, name: string, id: string): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]);
}

/** A commit on `main` whose tree no tool would make. */
async function commitOf(made: TestRepository, ...entries: readonly Buffer[]): Promise<string> {
  return await made.commitTree(await made.object("tree", Buffer.concat(entries)), "main");
}

function highOf(report: ReviewReport | string): unknown {
  if (typeof report === "string") return report;
  return report.files.flatMap(({ file, meanings }) =>
    meanings.filter(({ risk }) => risk === "high").map(({ message }) => `${file} ${message}`),
  );
}

test.for<[string, string, string, RegExp]>([
  ["a name that leads out", "100644", "..", /could lead out of its folder/],
  ["a name with slashes", "100644", "../../home/x", /could lead out of its folder/],
  ["a folder of git's", "40000", ".git", /where git keeps its own files/],
  ["the same in other letters", "40000", ".GIT", /where git keeps its own files/],
  ["the same by its short name", "40000", "git~1", /where git keeps its own files/],
  ["a name that turns around", "100644", "a\u202ecat.txt", /can't be seen/],
  ["a config in other letters", "40000", ".Tactus", /taken for a config file/],
  ["a link where a procedure was", "120000", "link.tac", /becomes a link/],
  ["a submodule", "160000", "inner", /brings in another repository/],
])("%s is told", async ([, mode, name, expected]) => {
  const made = await repository();
  const blob = await made.object("blob", Buffer.from("sandbox: {network: bridge}\n"));
  const folder = await made.object("tree", entry("100644", "config.yml", blob));
  const id = mode === "40000" ? folder : mode === "160000" ? await made.git("rev-parse", "main") : blob;
  const head = await commitOf(made, entry(mode, name, id));
  expect(highOf(await review(made.folder, { head }))).toContainEqual(expect.stringMatching(expected));
});

test("a folder with one name twice is no folder", async () => {
  const made = await repository();
  const [one, two] = [
    await made.object("blob", Buffer.from("1")),
    await made.object("blob", Buffer.from("2")),
  ];
  const head = await commitOf(made, entry("100644", "a.tac", one), entry("100644", "a.tac", two));
  expect(await review(made.folder, { head })).toBe("object-invalid");
});

test("an object that is not what its id says is refused", async () => {
  const made = await repository();
  const other = await made.object("blob", Buffer.from("return 'something else'\n"));
  const id = await made.git("rev-parse", "head:a.tac");
  const place = (name: string): string =>
    path.join(made.folder, ".git/objects", name.slice(0, 2), name.slice(2));
  await rm(place(id));
  execFileSync("cp", [place(other), place(id)]);
  expect(await review(made.folder)).toBe("object-invalid");
});

test.for<[string, (made: TestRepository) => Promise<string>]>([
  [
    "a tree that holds itself in ever more copies",
    async (made) => {
      let tree = await made.object(
        "tree",
        entry("100644", "f.tac", await made.object("blob", Buffer.from("x"))),
      );
      const names = Array.from({ length: 20 }, (_, index) => `d${String(index).padStart(2, "0")}`);
      for (let level = 0; level < 8; level++)
        tree = await made.object("tree", Buffer.concat(names.map((name) => entry("40000", name, tree))));
      return await made.commitTree(tree, "main");
    },
  ],
  [
    "folders within each other without an end",
    async (made) => {
      let tree = await made.object(
        "tree",
        entry("100644", "f.tac", await made.object("blob", Buffer.from("x"))),
      );
      for (let level = 0; level < 140; level++) tree = await made.object("tree", entry("40000", "d", tree));
      return await made.commitTree(tree, "main");
    },
  ],
  [
    "a folder of a hundred thousand files",
    async (made) => {
      const blob = await made.object("blob", Buffer.from("x"));
      const names = Array.from({ length: 100_000 }, (_, index) => `f${String(index).padStart(6, "0")}`);
      return await commitOf(made, ...names.map((name) => entry("100644", name, blob)));
    },
  ],
])("%s is bounded", async ([, make]) => {
  const made = await repository();
  expect(await review(made.folder, { head: await make(made) })).toBe("tree-too-large");
});

test.for<[string, Buffer]>([
  ["a procedure of twenty million bytes", Buffer.alloc(20_000_000, "-- x\n")],
  ["a procedure that is no text", Buffer.from([0x72, 0xff, 0xfe, 0x00])],
])("%s is told as unread", async ([, content]) => {
  const made = await repository();
  const head = await commitOf(made, entry("100644", "big.tac", await made.object("blob", content)));
  expect(highOf(await review(made.folder, { head }))).toContainEqual(
    expect.stringMatching(/^big\.tac can't be read/),
  );
});

test("a replaced object is shown as it is", async () => {
  const made = await repository();
  const honest = await made.git("rev-parse", "main:a.tac");
  await made.git("replace", await made.git("rev-parse", "head:a.tac"), honest);
  expect(await made.git("diff", "main", "head", "--", "a.tac")).toBe("");
  expect(await review(made.folder)).toMatchObject({
    files: expect.arrayContaining([expect.objectContaining({ file: "a.tac" })]),
  });
});

test("a replaced commit, and a graft, hide nothing of the change", async () => {
  const made = await repository();
  await made.git("replace", "head", "main");
  await mkdir(path.join(made.folder, ".git/info"), { recursive: true });
  const [head, main] = [
    await made.git("--no-replace-objects", "rev-parse", "head"),
    await made.git("rev-parse", "main"),
  ];
  await writeFile(path.join(made.folder, ".git/info/grafts"), `${main} ${head}\n`);
  expect(await review(made.folder)).toMatchObject({ base: main, head, files: { length: 2 } });
});

test("objects of another repository are not looked up", async () => {
  const made = await repository();
  const other = await repository();
  const id = await other.commit({ "private.tac": "return 'private'\n" });
  await writeFile(path.join(made.folder, ".git/objects/info/alternates"), `${other.folder}/.git/objects\n`);
  expect(await made.git("show", `${id}:private.tac`)).toContain("private");
  expect(await review(made.folder, { head: id })).toBe("revision-unknown");
});

test("a repository whose configuration and index nobody can read is reviewed", async () => {
  const made = await repository();
  await writeFile(path.join(made.folder, ".git/config"), "[[[");
  await rm(path.join(made.folder, ".git/index"));
  execFileSync("mkfifo", [path.join(made.folder, ".git/index")]);
  expect(await review(made.folder)).toMatchObject({ files: { length: 2 } });
});

test("a pipe in the place of a file holds nobody up", async () => {
  const made = await repository();
  for (const name of ["config", "packed-refs", "shallow", "refs/heads/pipe"]) {
    await rm(path.join(made.folder, ".git", name), { force: true });
    execFileSync("mkfifo", [path.join(made.folder, ".git", name)]);
  }
  expect(await review(made.folder)).toMatchObject({ files: { length: 2 } });
  expect(await review(made.folder, { head: "pipe" })).toBe("revision-unknown");
});

test("a pipe in the place of an object ends with whoever waits", async () => {
  const made = await repository();
  const id = await made.git("rev-parse", "head:a.tac");
  const object = path.join(made.folder, ".git/objects", id.slice(0, 2), id.slice(2));
  await rm(object);
  execFileSync("mkfifo", [object]);
  const cancel = new AbortController();
  const reviewing = review(made.folder, { signal: cancel.signal });
  setTimeout(() => cancel.abort(), 100);
  expect(await reviewing).toBe("cancelled");
});

test.runIf(process.getuid?.() === 0)(
  "a repository of somebody else is reviewed, since nothing of it is obeyed",
  async () => {
    const made = await repository();
    execFileSync("chown", ["-R", "65534", made.folder]);
    await expect(made.git("status")).rejects.toThrow(/dubious ownership/);
    expect(await review(made.folder)).toMatchObject({ files: { length: 2 } });
  },
);

test.for([
  "--upload-pack=x",
  "-",
  "head\nmain",
  "head:a.tac",
  "../HEAD",
  "refs/../../x",
  "head@{0}",
  ":/change",
  "head^{tree}",
  "head~99",
  "",
])("%j names no commit", async (name) => {
  expect(await review((await repository()).folder, { head: name })).toBe("revision-unknown");
});

test("a revision is found by each of its names", async () => {
  const made = await repository();
  const head = await made.git("rev-parse", "head");
  await made.git("tag", "--annotate", "--message", "x", "light", "head");
  await made.git("update-ref", "refs/remotes/origin/topic", head);
  await made.git("update-ref", "refs/pull/7/head", head);
  const names = ["HEAD", "@", "head", "light", "origin/topic", "refs/pull/7/head", head, head.slice(0, 9)];
  const objects = await ObjectDatabase.open(made.folder, new AbortController().signal);
  if (!objects.ok) throw new Error(objects.error.message);
  for (const name of names) expect([name, await objects.value.commit(name)]).toEqual([name, ok(head)]);
  await made.git("pack-refs", "--all");
  for (const name of names) expect([name, await objects.value.commit(name)]).toEqual([name, ok(head)]);
  expect(await objects.value.commit("head~1")).toEqual(ok(await made.git("rev-parse", "main")));
  await objects.value.dispose();
});

test("a further working folder, a bare repository and packed objects are read", async () => {
  const made = await repository();
  const other = path.join(made.outside, "other");
  await made.git("worktree", "add", "--quiet", "--detach", other, "main");
  await made.git("gc", "--quiet");
  const bare = path.join(made.outside, "bare.git");
  await made.git("clone", "--quiet", "--bare", made.folder, bare);
  for (const folder of [made.folder, other, path.join(made.folder, ".git"), bare])
    expect(await review(folder)).toMatchObject({ files: { length: 2 } });
});

test("a repository in the longer format is read", async () => {
  const made = await TestRepository.create("--object-format=sha256");
  repositories.keep(made);
  const base = await made.commit({ "a.tac": "return 1\n" });
  const head = await made.commit({ "a.tac": "return 2\n" });
  expect(await review(made.folder, { base, head })).toMatchObject({ files: { length: 1 } });
});

test("a history that was fetched in part is read as far as it goes", async () => {
  const made = await repository();
  const shallow = path.join(made.outside, "shallow");
  await made.git("clone", "--quiet", "--depth=1", "--branch=head", `file://${made.folder}`, shallow);
  expect(await review(shallow, { base: "main", head: "head" })).toBe("revision-unknown");
  expect(await review(shallow, { base: "head", head: "head" })).toMatchObject({ files: [] });
});

test("a folder outside of any repository", async () => {
  expect(await review((await repository()).outside)).toBe("repository-missing");
});
