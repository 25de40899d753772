import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const clone = mkdtempSync(path.join(tmpdir(), "tactus-clone-"));
afterAll(() => rmSync(clone, { recursive: true, force: true }));

test("npm start works straight after git clone and shows the run, the result and the journal", () => {
  execFileSync("git", ["clone", "--quiet", root, clone]);
  const environment: NodeJS.ProcessEnv = { ...process.env, DOCKER_HOST: "unix:///nonexistent.sock" };
  // npm puts the parent's packages on the PATH; a person's shell has none of them.
  environment["PATH"] = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .join(path.delimiter);
  const { status, stdout, stderr } = spawnSync("npm", ["start"], {
    cwd: clone,
    env: environment,
    encoding: "utf8",
  });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });

  expect(stdout).toContain("embedded isolation, which is weaker than Docker");
  for (const shown of ["clerk", "find_order", "write_reply", "host.ping", "checkpoint"])
    expect(stdout).toContain(shown);
  expect(stdout).toContain("Your order is shipped and arrives in 2 days.");

  const [run = ""] = readdirSync(path.join(clone, ".tactus/runs")).filter((name) => !name.startsWith("."));
  expect(stdout).toContain(run);
  const events = readFileSync(path.join(clone, ".tactus/runs", run, "events.jsonl"), "utf8")
    .trim()
    .split("\n");
  expect(JSON.parse(events.at(-1) ?? "")).toMatchObject({ type: "run.finished", status: "completed" });
});
