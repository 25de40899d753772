import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type Desk, openDesk } from "./studio.ts";

const source = 'Procedure { function() Step.checkpoint(function() return 1 end) error("stop") end }';
const asking = 'Procedure { function() return Human.approve("Ship?") end }';
const noEngine = { DOCKER_HOST: "unix:///nowhere/docker.sock" };

/** Runs a procedure that ends early, and gives its id. */
async function begun(desk: Desk): Promise<string> {
  await desk.studio(["run", "a.tac", "--isolation", "embedded", "--json"]);
  return readdirSync(runs(desk)).find((name) => name !== ".gitignore") ?? "";
}

const runs = (desk: Desk): string => path.join(desk.folder, ".tactus", "runs");
const key = (desk: Desk): string => path.join(desk.home, ".local/share/tactus-studio/journal.key");

const tampered: ReadonlyArray<[string, (desk: Desk, run: string) => void]> = [
  ["it has no seal", (desk, run) => rmSync(path.join(runs(desk), run, "seal"))],
  [
    "its seal is another one",
    (desk, run) => writeFileSync(path.join(runs(desk), run, "seal"), "0".repeat(64)),
  ],
  [
    "its beginning is another one",
    (desk, run) => {
      const journal = path.join(runs(desk), run, "events.jsonl");
      writeFileSync(journal, readFileSync(journal, "utf8").replace('"embedded"', '"docker"'));
    },
  ],
  ["others can read the key", (desk) => chmodSync(key(desk), 0o644)],
];

test.for(tampered)("a run is not resumed when %s", async ([, tamper]) => {
  using desk = openDesk({ "a.tac": source });
  const run = await begun(desk);
  expect(await desk.studio(["runs", "resume", run])).toMatchObject({ code: 1 });
  tamper(desk, run);
  const { code, stderr } = await desk.studio(["runs", "resume", run, "--yes"]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/did not begin here/) });
});

test("a journal that came with a folder decides nothing: not whether it goes on, not where it is replayed", async () => {
  using author = openDesk({ "a.tac": source });
  const run = await begun(author);
  using desk = openDesk({ "a.tac": source });
  await begun(desk);
  cpSync(author.folder, desk.folder, { recursive: true });
  const resumed = await desk.studio(["runs", "resume", run]);
  expect(resumed).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("It can be looked at and replayed"),
  });
  expect(await desk.studio(["runs", "show", run])).toMatchObject({ code: 0 });
  expect(await author.studio(["runs", "replay", run], noEngine)).toMatchObject({ code: 1 });
  expect(await desk.studio(["runs", "replay", run], noEngine)).toMatchObject({ code: 3 });
});

test("a question of a journal that came with a folder is not answered", async () => {
  using author = openDesk({ "a.tac": asking });
  const run = await begun(author);
  using desk = openDesk({});
  cpSync(author.folder, desk.folder, { recursive: true });
  const answered = await desk.studio(["runs", "respond", run, "q1", "true"]);
  expect(answered).toMatchObject({ code: 2 });
  expect(await author.studio(["runs", "respond", run, "q1", "true"])).toMatchObject({ code: 0 });
});

test("the key is the person's alone, and lies outside the workspace", async () => {
  using desk = openDesk({ "a.tac": source });
  await begun(desk);
  expect(statSync(key(desk)).mode & 0o777).toBe(0o600);
  expect(statSync(key(desk)).size).toBe(32);
});
