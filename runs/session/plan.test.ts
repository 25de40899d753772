import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ok } from "#common/result.ts";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";
import { startRun } from "#runs/session/start-run.ts";
import type { Isolation } from "#sandbox/isolation.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-plan-"));
});

afterEach(() => rmSync(root, { recursive: true }));

function layOut(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

function requestFor(file: string, change: Partial<RunRequest> = {}): RunRequest {
  const base = { input: {}, textInput: {}, mock: false, grantAll: false };
  return { ...base, file: path.join(root, file), workspaceRoot: root, ...change };
}

async function planned(file: string, change: Partial<RunRequest> = {}): Promise<Plan> {
  const plan = await preparePlan(requestFor(file, change));
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}

async function problemOf(file: string, change: Partial<RunRequest> = {}): Promise<StartProblem | undefined> {
  const plan = await preparePlan(requestFor(file, change));
  return plan.ok ? undefined : plan.error;
}

const source = "Procedure { function() end }";

describe("sources", () => {
  test("modules that are required by name are part of the plan, and theirs too", async () => {
    layOut({
      "flows/a.tac": `local one = require("lib.one")\nlocal done = require 'tactus.tools.done'\n${source}`,
      "flows/lib/one.tac": "return require('lib/two')",
      "flows/lib/two/init.tac": "return 2",
    });
    const { file, modules } = await planned("flows/a.tac");
    expect(file).toBe("flows/a.tac");
    expect(modules).toEqual({
      "lib.one": { file: "flows/lib/one.tac", source: "return require('lib/two')" },
      "lib.two": { file: "flows/lib/two/init.tac", source: "return 2" },
    });
  });

  test("a module that is a link to outside is not read", async () => {
    layOut({ "a.tac": `require("stolen")\n${source}` });
    symlinkSync("/etc/passwd", path.join(root, "stolen.tac"));
    expect((await planned("a.tac")).modules).toEqual({});
  });

  test("files that are run or included by name are part of the plan and of its hash, and theirs too", async () => {
    layOut({
      "flows/a.tac": `Procedure { function() return Procedure.run("steps/b") end }`,
      "flows/steps/b.tac": `IncludeTasks { path = "c.tac" }\nlocal lib = require("lib")\n${source}`,
      "flows/steps/c.tac": "Task 'x' { entry = function() end }",
      "flows/steps/lib.tac": "return 1",
    });
    const { manifest, programs } = await planned("flows/a.tac");
    expect(programs.map(({ from, name, file, modules }) => [from, name, file, Object.keys(modules)])).toEqual(
      [
        ["flows/a.tac", "steps/b", "flows/steps/b.tac", ["lib"]],
        ["flows/steps/b.tac", "c.tac", "flows/steps/c.tac", []],
      ],
    );
    layOut({ "flows/steps/lib.tac": "return 2" });
    expect((await planned("flows/a.tac")).manifest).not.toBe(manifest);
  });

  test("sources that are too large for one message are asked for when they run", async () => {
    const long = `-- ${"x".repeat(700_000)}\nreturn 1`;
    layOut({
      "a.tac": 'Procedure { function() Procedure.run("b") Procedure.run("c") end }',
      "b.tac": long,
      "c.tac": long,
    });
    expect((await planned("a.tac")).programs.map(({ name }) => name)).toEqual(["b"]);
  });

  test.for<[string, string]>([
    ['Procedure "other" { function() end }', "other"],
    ['Procedure "sub" { function() end }\nProcedure { function() end }', "main"],
    ["return 1", "main"],
  ])("%s runs %s", async ([text, procedure]) => {
    layOut({ "a.tac": text });
    expect((await planned("a.tac")).procedure).toBe(procedure);
  });
});

describe("config", () => {
  test("safe defaults without any", async () => {
    layOut({ "a.tac": source });
    const { isolation, workspace, policy, limits } = await planned("a.tac");
    expect({ isolation, workspace }).toEqual({ isolation: "docker", workspace: "copy" });
    expect(policy).toMatchObject({ network: "none", mounts: [], environment: {}, image: undefined });
    expect(limits.luaMemoryBytes).toBeLessThan(policy.memoryBytes);
  });

  test("project, parents, local and sidecar tighten one after the other", async () => {
    layOut({
      ".tactus/config.yml": "sandbox: { timeout: 100, limits: { memory: 1g } }",
      "a/.tactus/config.yml": "sandbox: { limits: { cpus: 1 } }",
      "a/b/.tactus/config.yml": "sandbox: { timeout: 50 }",
      "a/b/p.tac.yml": "sandbox: { mount_current_dir: false, timeout: 70 }",
      "a/b/p.tac": source,
    });
    const { policy, workspace, ungranted } = await planned("a/b/p.tac");
    expect(policy).toMatchObject({ timeSeconds: 50, memoryBytes: 1024 ** 3, cpus: 1 });
    expect(workspace).toBe("none");
    expect(ungranted).toMatchObject([{ target: "time 70s", origin: { file: "a/b/p.tac.yml", line: 1 } }]);
  });

  test("what the request says wins over the config", async () => {
    layOut({ "a.tac": source, "a.tac.yml": "sandbox: { timeout: 50, mount_current_dir: false }" });
    const change = { timeoutSeconds: 5, workspace: "mount", isolation: "embedded" } as const;
    expect(await planned("a.tac", change)).toMatchObject({
      ...{ isolation: "embedded", workspace: "mount" },
      limits: { timeSeconds: 5 },
    });
  });

  const asked = "sandbox: { mount_current_dir: true }";
  const empty = "sandbox: { mount_current_dir: false }";
  test.for<[string, Partial<RunRequest>, string | undefined, string]>([
    ["the command line copies", {}, undefined, "copy"],
    ["a trusted folder is worked on itself", { folderTrust: "trusted" }, undefined, "mount"],
    ["a restricted folder is copied", { folderTrust: "restricted" }, undefined, "copy"],
    [
      "a restricted folder is copied whatever the settings say",
      { folderTrust: "restricted", workspace: "mount" },
      undefined,
      "copy",
    ],
    [
      "a restricted folder is copied whatever is granted",
      { folderTrust: "restricted", grantAll: true },
      asked,
      "copy",
    ],
    ["less than a copy is given in a restricted folder", { folderTrust: "restricted" }, empty, "none"],
    ["less than the folder is given in a trusted one", { folderTrust: "trusted" }, empty, "none"],
    ["what a sidecar asks for needs a grant", {}, asked, "copy"],
    ["what a sidecar asks for is given with a grant", { grantAll: true }, asked, "mount"],
  ])("workspace: %s", async ([, change, sidecar, expected]) => {
    layOut({ "a.tac": source, ...(sidecar !== undefined && { "a.tac.yml": sidecar }) });
    expect((await planned("a.tac", change)).workspace).toBe(expected);
  });

  test("a sidecar that is a link is refused, not skipped", async () => {
    layOut({ "a.tac": source });
    symlinkSync("/etc/hostname", path.join(root, "a.tac.yml"));
    expect(await problemOf("a.tac")).toMatchObject({ exitCode: 2, message: expect.stringContaining("link") });
  });

  test("a broken file names its place", async () => {
    layOut({ "a.tac": source, "a.yml": "sandbox:\n  frob: 1\n" });
    expect(await problemOf("a.tac")).toMatchObject({
      code: "config-unknown-key",
      file: "a.yml",
      line: 2,
      exitCode: 2,
    });
  });
});

describe("volumes", () => {
  const mounting = (volume: string): Record<string, string> => ({
    "a.tac": source,
    "data/x.txt": "",
    "a.tac.yml": `sandbox: { volumes: ["${volume}"] }`,
  });

  test("a granted folder is mounted read-only unless rw is written", async () => {
    layOut(mounting("./data:/data"));
    const { policy, ungranted } = await planned("a.tac", { grantAll: true });
    expect(policy.mounts).toMatchObject([{ containerPath: "/data", writable: false }]);
    expect(ungranted).toEqual([]);
  });

  test.for(["/etc:/etc2", "/:/host", "/var/run:/r", `${homedir()}/.ssh:/keys`, "cache:/cache", "./data"])(
    "a grant does not reach %s",
    async (volume) => {
      layOut(mounting(volume));
      const { policy, ungranted } = await planned("a.tac", { grantAll: true });
      expect(policy.mounts).toEqual([]);
      expect(ungranted).toMatchObject([{ capability: "mount", target: volume }]);
    },
  );
});

test("a granted folder may be writable, the workspace as a whole and its hidden folders may not", async () => {
  layOut({ "a.tac": source, "data/x.txt": "", ".git/hooks/x": "" });
  const volumes = ["./data:/data:rw", ".:/w:rw", "..:/above:rw", "./.git/hooks:/hooks:rw"];
  layOut({ "a.tac.yml": `sandbox: { volumes: ${JSON.stringify(volumes)} }` });
  const { policy, ungranted } = await planned("a.tac", { grantAll: true });
  expect(policy.mounts).toMatchObject([{ containerPath: "/data", writable: true }]);
  expect(ungranted.map(({ target }) => target)).toEqual(volumes.slice(1));
});

test("a plan whose files changed since it was made is not started", async () => {
  layOut({ "a.tac": source });
  const plan = await planned("a.tac", { isolation: "embedded" });
  layOut({ "a.tac.yml": "sandbox: { timeout: 60 }" });
  const started = await startRun(plan, { isolation: unused });
  expect(started).toMatchObject({ ok: false, error: { code: "plan-changed", exitCode: 2 } });
});

/** An isolation that may be asked but must not start anything. */
const unused: Isolation = {
  name: "embedded",
  check: async () => ok(undefined),
  describe: () => Promise.reject(new Error("described")),
  launch: () => Promise.reject(new Error("launched")),
};
