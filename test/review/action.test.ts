import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { reportMark } from "#protocol/page/page-data.ts";
import type { TestRepository } from "./repository.ts";
import { copiesOfChangedRepository } from "./repository-copies.ts";

const root = path.resolve(import.meta.dirname, "../..");
const action = path.join(root, ".github/actions/review");

const repositories = copiesOfChangedRepository();
const repository = (): Promise<TestRepository> => repositories.copy();

interface ScriptOutcome {
  readonly code: number;
  readonly log: string;
  readonly outputs: string;
  readonly summary: string;
}

/** Runs a script of the action as a runner does. */
async function runScript(
  script: string,
  { folder, outside }: TestRepository,
  environment: Readonly<Record<string, string>>,
): Promise<ScriptOutcome> {
  const [outputs, summary] = ["outputs", "summary"].map((name) => path.join(outside, name));
  for (const file of [outputs, summary]) await writeFile(file ?? "", "");
  const env = {
    PATH: process.env["PATH"],
    HOME: outside,
    RUNNER_TEMP: outside,
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
    ...environment,
  };
  const { code, log } = await new Promise<Pick<ScriptOutcome, "code" | "log">>((resolve) => {
    execFile("bash", [path.join(action, script)], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, log: stdout + stderr }),
    );
  });
  return {
    code,
    log,
    outputs: await readFile(outputs ?? "", "utf8"),
    summary: await readFile(summary ?? "", "utf8"),
  };
}

test("a change is told in the log, the summary and files, and fails from the risk that is asked for", async () => {
  const made = await repository();
  const [base, head] = [await made.git("rev-parse", "main"), await made.git("rev-parse", "head")];
  const low = await runScript("review.sh", made, { BASE: base, HEAD: head, FAIL_ON: "high" });
  expect(low).toMatchObject({ code: 0, outputs: expect.stringContaining("risk=low\n") });
  expect(low.summary).toContain("risk low");
  const sarif = /^sarif=(.*)$/m.exec(low.outputs)?.[1] ?? "";
  expect(JSON.parse(await readFile(sarif, "utf8"))).toMatchObject({ version: "2.1.0" });
  const page = /^html=(.*)$/m.exec(low.outputs)?.[1] ?? "";
  expect(await readFile(path.join(page, "index.html"), "utf8")).toContain(reportMark);
  expect(await runScript("review.sh", made, { BASE: base, HEAD: head, FAIL_ON: "low" })).toMatchObject({
    code: 1,
  });
  const high = await made.commit({ "a.tac.yml": "sandbox: {network: bridge}\n" });
  expect(await runScript("review.sh", made, { BASE: base, HEAD: high, FAIL_ON: "high" })).toMatchObject({
    code: 1,
  });
  const missing = "0".repeat(40);
  expect(await runScript("review.sh", made, { BASE: missing, HEAD: head, FAIL_ON: "high" })).toMatchObject({
    code: 2,
    outputs: "",
  });
});

test("what a change says is no command to the runner and no markup in the summary", async () => {
  const made = await repository();
  const base = await made.git("rev-parse", "main");
  const head = await made.commit({
    "::set-output name=risk::none.tac":
      'x = Tool { description = "</pre><h1>fine</h1>" }\nlocal x = nosuch("</pre>")\n',
    "</pre>.tac": "return 1\n",
    "deceiving\u202e.tac": "return 1\n",
  });
  const { code, log, summary } = await runScript("review.sh", made, {
    BASE: base,
    HEAD: head,
    FAIL_ON: "never",
  });
  expect(code).toBe(0);
  expect(summary).toContain("risk high");
  const lines = log.split("\n");
  const [start = -1, ...others] = lines.flatMap((line, index) => (/^\s*::/.test(line) ? [index] : []));
  const [, token] = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[start] ?? "") ?? [];
  expect(lines[others.at(-1) ?? -1]).toBe(`::${token}::`);
  expect(log).toContain("::set-output name=risk::none.tac");
  expect(summary.match(/<[^>]*>/g)).toEqual(["<pre>", "</pre>"]);
});

test("the commits of a fork are fetched, and nothing of them is written into the folder", async () => {
  const fork = await repository();
  const head = await fork.git("rev-parse", "head");
  await fork.git("update-ref", "refs/pull/7/head", head);
  const made = await repository();
  const base = await made.git("rev-parse", "main");
  await made.git("checkout", "--quiet", "main");
  await made.git("branch", "--quiet", "-D", "head");
  await made.git("reflog", "expire", "--expire=now", "--all");
  await made.git("gc", "--quiet", "--prune=now");
  await expect(made.git("cat-file", "-e", head)).rejects.toThrow();
  const environment = {
    BASE: base,
    HEAD: head,
    NUMBER: "7",
    TOKEN: "t",
    GITHUB_SERVER_URL: `file://${path.dirname(fork.folder)}`,
    GITHUB_REPOSITORY: path.basename(fork.folder),
  };
  expect(await runScript("fetch.sh", made, environment)).toMatchObject({ code: 0, log: "" });
  expect(await made.git("cat-file", "-t", head)).toBe("commit");
  expect(await made.read("a.tac")).toBe("return 1\n");
  for (const wrong of ["--upload-pack=touch x", "main"])
    expect(await runScript("fetch.sh", made, { ...environment, BASE: wrong })).toMatchObject({ code: 2 });
});

/** What GitHub fills in before a shell sees a script: an author's text would become code there. */
const filledIn = /\$\{\{/;

test("no script of the action holds what the author of a pull request writes", async () => {
  const { runs } = parse(readFileSync(path.join(action, "action.yml"), "utf8"));
  expect(runs.steps.length).toBeGreaterThan(0);
  for (const { run, shell } of runs.steps) expect([shell, filledIn.test(run)]).toEqual(["bash", false]);
});

test("the documented workflow has no secrets, and checks out the base", async () => {
  const page = readFileSync(path.join(root, "docs/review.md"), "utf8");
  const workflow = parse(/```yaml\n(name: Review[\s\S]*?)```/.exec(page)?.[1] ?? "");
  expect(workflow).toMatchObject({ on: "pull_request", permissions: { contents: "read" } });
  const [checkout, review] = workflow.jobs.review.steps;
  expect(checkout.with).toEqual({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills it in.
    ref: "${{ github.event.pull_request.base.sha }}",
    "fetch-depth": 0,
    "persist-credentials": false,
  });
  expect(review.uses).toContain("/.github/actions/review@");
  expect(JSON.stringify(workflow)).not.toContain("secrets.");
});
