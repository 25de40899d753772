import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { triedReport } from "#protocol/reports/tried-report.ts";
import { type Desk, openDesk } from "#test/contract/studio.ts";
import { gitIn } from "#test/support/git.ts";
import { startModelServer } from "#test/support/model-server.ts";

const canary = "CANARY-5c1e";

/** A desk whose folder is a repository with the files in a commit and others (or none) checked out. */
function deskWith(
  committed: Readonly<Record<string, string>>,
  surroundings: Readonly<Record<string, string>> = {},
): Desk {
  const desk = openDesk(surroundings, { TACTUS_SECRET_VALUE: canary });
  const git = gitIn(desk.folder);
  git("init", "-q");
  git("checkout", "-q", "-b", "main");
  git("commit", "-q", "--allow-empty", "-m", "empty");
  git("checkout", "-q", "-b", "change");
  for (const [name, text] of Object.entries(committed)) {
    mkdirSync(path.dirname(path.join(desk.folder, name)), { recursive: true });
    writeFileSync(path.join(desk.folder, name), text);
  }
  git("add", "--all", "--force");
  git("commit", "-q", "-m", "change");
  git("checkout", "-q", "main");
  return desk;
}

interface Ended {
  readonly code: number;
  readonly stderr: string;
  readonly events: readonly RunEvent[];
  readonly end: RunEventOf<"run.finished"> | undefined;
  readonly run: string;
}

async function tried(desk: Desk, ...args: readonly string[]): Promise<Ended> {
  const all = ["run", "flows/a.tac", "--revision", "change", "--isolation", "embedded", "--json", ...args];
  const { code, stdout, stderr } = await desk.studio(all);
  const lines = stdout.split("\n").filter((line) => line !== "");
  const events = lines.map((line) => JSON.parse(line) as RunEvent);
  const end = events.findLast((event) => event.type === "run.finished");
  const [started] = events;
  return { code, stderr, events, end, run: started?.type === "run.started" ? started.run : "" };
}

const lib = `return { greet = function(name) return "hello " .. name end }`;

test("a file of a commit runs with that commit's modules, config and data, and nothing of it comes to the disk", async () => {
  using desk = deskWith({
    "flows/a.tac": `local lib = require("lib")
Procedure { input = { name = field.string{} }, function(input)
  File.write("made.txt", File.read("data/x.txt") .. "!")
  File.write("data/x.txt", "changed")
  return { text = lib.greet(input.name) }
end }`,
    "flows/lib.tac": lib,
    "flows/a.tac.yml": "inputs: { name: Ada }\n",
    "data/x.txt": "of the commit",
  });
  const { code, events, end, run } = await tried(desk);
  expect({ code, result: end?.result }).toEqual({ code: 0, result: { text: "hello Ada" } });
  expect(events[0]).toMatchObject({ workspace: "copy", revision: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(events.find(({ type }) => type === "workspace.changed")).toMatchObject({
    changes: [{ path: "made.txt" }, { path: "data/x.txt", kind: "modified" }],
  });
  expect(readdirSync(desk.folder).toSorted()).toEqual([".git", ".tactus"]);
  expect(existsSync(path.join(desk.folder, ".tactus/runs", run, "changes/base"))).toBe(false);
  expect((await desk.studio(["runs", "apply", run, "made.txt"])).code).toBe(0);
  expect(readdirSync(desk.folder)).toContain("made.txt");
});

test("what the change asks for is listed and not given; what it tries is denied, and laid beside what it declares", async () => {
  using desk = deskWith(
    {
      "flows/a.tac": `Procedure { function()
  pcall(File.read, ".env")
  pcall(Host.call, "deploy", {})
  local ok, data = pcall(File.read, "data.txt")
  return { data = data, secret = os.getenv and os.getenv("TACTUS_SECRET_VALUE") }
end }`,
      ".env": canary,
      "data.txt": "read",
      "flows/a.tac.yml": `sandbox: { network: bridge, env: { A: "\${TACTUS_SECRET_VALUE}" }, mount_current_dir: true }\n`,
    },
    {
      "home/.tactus/config.yml":
        "host_tools: { allow: [deploy], tools: { deploy: { command: [/bin/touch, deployed] } } }\n",
    },
  );
  const { end, events, run } = await tried(desk);
  expect(end).toMatchObject({ status: "completed", result: { data: "read" } });
  expect(events[0]).toMatchObject({
    ungranted: expect.arrayContaining([{ capability: "network", target: "bridge" }]),
  });
  expect(JSON.stringify(events)).not.toContain(canary);
  const { stdout } = await desk.studio(["runs", "tried", run, "--json"]);
  const report = triedReport.parse(JSON.parse(stdout));
  const outcomes = report.tried.map(
    ({ capability, target, outcome }) => `${outcome} ${capability} ${target}`,
  );
  expect(outcomes).toEqual(
    expect.arrayContaining(["denied file.read .env", "denied tool.host deploy", "done file.read data.txt"]),
  );
  expect(report.tried.find(({ target }) => target === "data.txt")?.declared).toMatchObject({
    origin: { file: "flows/a.tac", line: 4 },
  });
  const shown = await desk.studio(["runs", "tried", run]);
  expect(shown.stdout).toContain("tool.host deploy");
});

const asking = `clerk = Agent { provider = "lab", model = "m", system_prompt = "Be brief.", tools = {} }
Procedure { function() return { text = clerk("hello").output } end }`;

test("models are mocked, or asked up to a sum", async () => {
  const server = await startModelServer([{ kind: "answer", text: "hi", usage: { input: 1, output: 1 } }]);
  const prices = "prices: { m: { input: 1000000, output: 1000000 } }";
  const own = `providers: { lab: { kind: openai-compatible, base_url: "${server.url}/v1", ${prices} } }\n`;
  using desk = deskWith({ "flows/a.tac": asking }, { "home/.tactus/config.yml": own });
  const mocked = await tried(desk);
  expect(mocked.end).toMatchObject({ status: "completed", result: { text: "Mocked response from clerk" } });
  expect(server.requests).toHaveLength(0);
  const asked = await tried(desk, "--spend", "3");
  expect(asked.end).toMatchObject({ status: "completed", result: { text: "hi" }, cost: 2 });
  await server.dispose();
});

test("a trial can't go on as a run of the folder, nor as one with grants", async () => {
  using desk = deskWith({ "flows/a.tac": `Procedure { function() error("stop") end }` });
  const { run } = await tried(desk);
  writeFileSync(path.join(desk.folder, "flows.tac"), "");
  const resumed = await desk.studio(["runs", "resume", run, "--yes"]);
  expect(resumed).toMatchObject({ code: 2, stderr: expect.stringContaining("was a trial of files") });
  expect((await desk.studio(["runs", "list"])).stdout).toContain(run);
});

test.for<[string, readonly string[], string]>([
  ["an unknown commit", ["run", "flows/a.tac", "--revision", "nowhere"], "nowhere"],
  ["a file that the commit has not", ["run", "b.tac", "--revision", "change"], "b.tac is not in"],
  ["a file outside", ["run", "../b.tac", "--revision", "change"], "outside of the repository"],
  ["with a grant", ["run", "flows/a.tac", "--revision", "change", "--yes"], "--yes"],
  [
    "on the folder itself",
    ["run", "flows/a.tac", "--revision", "change", "--workspace", "mount"],
    "--workspace",
  ],
])("not started: %s", async ([, args, message]) => {
  using desk = deskWith({ "flows/a.tac": "Procedure { function() end }" });
  rmSync(path.join(desk.folder, ".tactus"), { recursive: true, force: true });
  const { code, stderr } = await desk.studio([...args, "--isolation", "embedded"]);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  expect(existsSync(path.join(desk.folder, ".tactus"))).toBe(false);
});
