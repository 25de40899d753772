import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openGitTree } from "#review/git/git-tree.ts";
import { ObjectDatabase } from "#review/git/object-database.ts";
import { compareTrees } from "#review/trees/compare-trees.ts";
import { type Comparison, comparePaired } from "./paired.ts";
import { timeProcess } from "./run-studio.ts";

const studio = path.resolve(import.meta.dirname, "../bin/tactus-studio");
const procedures = 50;
const otherFiles = 150;
const rounds = 5;

/**
 * A review of 200 changed files, 50 of them procedures, as a whole command; its peer is what git's part of it takes: both
 * trees compared, and every changed file read from its two sides.
 */
export async function measureReview(folder: string): Promise<Comparison> {
  const repository = path.join(folder, "review");
  makeRepository(repository);
  const review = (): Promise<number> => timeProcess(studio, ["review", "main..head", "--json"], repository);
  return await comparePaired(review, () => timeReading(repository), rounds);
}

/** Seconds of opening the repository and reading everything that changed. */
async function timeReading(repository: string): Promise<number> {
  const startedAt = performance.now();
  const objects = resultOf(await ObjectDatabase.open(repository, new AbortController().signal));
  const [base, head] = [resultOf(await objects.commit("main")), resultOf(await objects.commit("head"))];
  await objects.mergeBase(base, head);
  const [before, after] = [
    resultOf(await openGitTree(objects, base)),
    resultOf(await openGitTree(objects, head)),
  ];
  const differences = resultOf(await compareTrees(before, after));
  if (differences.length !== procedures + otherFiles) throw new Error("The change has another size.");
  for (const file of differences) {
    if (file.before) resultOf(await before.read(file.before, 1e7));
    if (file.after) resultOf(await after.read(file.after, 1e7));
  }
  await objects.dispose();
  return (performance.now() - startedAt) / 1000;
}

function resultOf<Value>(
  result: { ok: true; value: Value } | { ok: false; error: { message: string } },
): Value {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
}

function makeRepository(folder: string): void {
  mkdirSync(folder, { recursive: true });
  git(folder, "init", "--quiet", "--initial-branch=main");
  writeFiles(folder, "before");
  commit(folder);
  git(folder, "checkout", "--quiet", "-b", "head");
  writeFiles(folder, "after");
  commit(folder);
}

function commit(folder: string): void {
  git(folder, "add", "--all");
  git(
    folder,
    "-c",
    "user.name=Bench",
    "-c",
    "user.email=bench@example.com",
    "commit",
    "--quiet",
    "-m",
    "change",
  );
}

function git(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
}

function writeFiles(folder: string, word: "before" | "after"): void {
  for (let index = 0; index < procedures; index++) {
    const place = path.join(folder, `procedures/area-${index % 10}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, `task-${index}.tac`), procedure(index, word));
  }
  for (let index = 0; index < otherFiles; index++) {
    const place = path.join(folder, `source/part-${index % 25}`);
    mkdirSync(place, { recursive: true });
    const line = `export const value${index} = "${word}";\n`;
    writeFileSync(path.join(place, `file-${index}.ts`), line.repeat(60));
  }
}

/** A procedure of a common size: two tools, two agents, schemas, a specification. */
function procedure(index: number, word: "before" | "after"): string {
  const isAfter = word === "after";
  const helpers = Array.from({ length: 12 }, (_, n) => helper(n));
  return `${helpers.join("\n")}
find_${index} = Tool {
  description = "Finds what is asked for",
  input = { query = field.string{required = true}, most = field.integer{default = 5} },
  function(args) return File.read("data/" .. args.query .. "${isAfter ? ".json" : ".txt"}") end,
}
keep_${index} = Tool {
  description = "Keeps a note",
  input = { text = field.string{required = true} },
  function(args) State.set("note", args.text) return "kept" end,
}
reader = Agent { model = "openai/gpt-4o-mini", system_prompt = "Read ${word}.", tools = {find_${index}}, max_turns = ${isAfter ? 9 : 5} }
writer = Agent { model = "openai/gpt-4o", system_prompt = "Write.", tools = {keep_${index}${isAfter ? `, find_${index}` : ""}} }
Procedure {
  input = { topic = field.string{${isAfter ? "" : "required = true"}} },
  output = { text = field.string{required = true} },
  function(input)
    local found = reader("Read about " .. tostring(input.topic))
    return { text = tostring(writer(tostring(found))) }
  end,
}
Specification([[
Feature: Task ${index}
  Scenario: It writes
    Given the procedure has started
    And the agent "reader" responds with "x"
    And the agent "writer" responds with "y"
    When the procedure runs
    Then the procedure should complete successfully
]])
`;
}

function helper(index: number): string {
  return `local function helper_${index}(items)
  local total = 0
  for position, item in ipairs(items) do
    if type(item) == "number" then total = total + item * position end
  end
  return total
end
`;
}
