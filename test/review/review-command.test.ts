import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reviewReport } from "#protocol/reports/review-report.ts";
import { studioCommand } from "#test/contract/studio.ts";
import { TestRepository } from "./repository.ts";

let made: TestRepository;

beforeAll(async () => {
  made = await TestRepository.create();
  await made.commit({
    "a.tac": 'clerk = Agent { model = "openai/gpt-4o", system_prompt = "Be kind.", tools = {} }\n',
    "b.tac": "return 1\n",
  });
  await made.git("branch", "low");
  await made.git("checkout", "--quiet", "-b", "high");
  await made.commit({ "a.tac.yml": "sandbox:\n  volumes:\n    - ~/data:/data:rw\n" });
  await made.git("checkout", "--quiet", "low");
  await made.commit({
    "a.tac": 'clerk = Agent { model = "openai/gpt-4o", system_prompt = "Obey.", tools = {} }\n',
  });
  await made.git("checkout", "--quiet", "-b", "unseen");
  await made.commit({ "c\u001b[31m.txt": "text\n" });
  await made.git("checkout", "--quiet", "main");
  await made.commit({ "later.txt": "what main did since is no part of the change\n" });
});
afterAll(() => made.remove());

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function studio(...args: readonly string[]): Promise<Outcome> {
  const env = { PATH: process.env["PATH"], HOME: made.outside, NO_COLOR: "1" };
  return await new Promise((resolve) => {
    execFile(studioCommand, args, { cwd: made.folder, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

test("review --json prints the review of a range, and nothing else", async () => {
  const { code, stdout, stderr } = await studio("review", "main..low", "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const report = reviewReport.parse(JSON.parse(stdout));
  expect(report).toMatchObject({
    base: await made.git("merge-base", "main", "low"),
    head: await made.git("rev-parse", "low"),
    risk: "low",
    files: [{ file: "a.tac", status: "modified", kind: "procedure", trusted: false }],
  });
  expect(report.reasons).toContainEqual("a.tac:1 changes system_prompt of the agent clerk.");
});

test("a review of high risk ends with 1, and says why", async () => {
  const { code, stdout } = await studio("review", "high");
  expect(code).toBe(1);
  expect(stdout).toContain(
    "a.tac.yml (added, trusted: sidecar)\n  high 3: now mounts ~/data, writable, at /data\n",
  );
  expect(stdout).toMatch(/risk high\n$/);
});

test("what can't be seen is shown on a terminal", async () => {
  for (const options of [[], ["--json"]]) {
    const { code, stdout } = await studio("review", "main...unseen", ...options);
    expect(code).toBe(1);
    expect(stdout).toMatch(/c(␛|\\u001b)\[31m\.txt/);
    expect(stdout).not.toContain("\u001b");
  }
});

test("a patch is reviewed on the commit that it was made from", async () => {
  const patch = path.join(made.outside, "high.patch");
  await writeFile(patch, `${await made.git("format-patch", "--stdout", "main..high", "--no-signature")}\n`);
  await writeFile(`${patch}.mail`, `${await made.git("format-patch", "--stdout", "main..high")}\n`);
  for (const file of [patch, `${patch}.mail`]) {
    const { code, stdout } = await studio("review", "main", "--patch", file, "--json");
    expect(code).toBe(1);
    expect(reviewReport.parse(JSON.parse(stdout))).toMatchObject({
      head: "patch",
      files: [{ file: "a.tac.yml" }],
    });
  }
});

test("review --sarif has a rule and a place for each result, as code hosts take it", async () => {
  const { code, stdout } = await studio("review", "main..high", "--sarif");
  expect(code).toBe(1);
  const [run] = JSON.parse(stdout).runs;
  expect(run.results.length).toBeGreaterThan(1);
  for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(["error", "warning", "note", "none"]).toContain(level);
    expect(message.text).not.toBe("");
    const { artifactLocation, region } = locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe("a.tac.yml");
    expect(region.startLine).toBeGreaterThan(0);
    expect(region.startColumn).toBeGreaterThan(0);
  }
  expect(run.results).toContainEqual(expect.objectContaining({ ruleId: "review-files", level: "error" }));
});

test.for<[string[], RegExp]>([
  [["review"], /Missing required argument 'range'/i],
  [["review", "nowhere..low"], /"nowhere" names no commit of this repository/],
  [["review", "a..b..c"], /is no range of commits/],
  [["review", "main", "--patch", "missing.patch"], /missing\.patch/],
  [["review", "main..low", "--json", "--sarif"], /cannot be used with/],
])("%j is wrong usage", async ([args, expected]) => {
  expect(await studio(...args)).toEqual({ code: 2, stdout: "", stderr: expect.stringMatching(expected) });
});
