import { expect, test } from "vitest";
import { manifestReport } from "#protocol/reports/manifest-report.ts";
import { openDesk } from "./studio.ts";

const source = `local done = require("tactus.tools.done")
clerk = Agent { provider = "openai", model = "gpt-4o-mini", system_prompt = "s", tools = {done} }
Procedure {
  function()
    clerk("go")
    File.write(input.place, Host.call("host.ping"))
  end,
}
`;
const sidecar = 'sandbox: { volumes: ["./data:/data:ro"] }\n';

test("manifest tells each thing with its line, and the hash that a run has", async () => {
  using desk = openDesk({ "flows/a.tac": source, "flows/a.tac.yml": sidecar });
  const { code, stdout } = await desk.studio(["manifest", "flows/a.tac", "--json"]);
  expect(code).toBe(0);
  const report = manifestReport.parse(JSON.parse(stdout));
  const rows = report.entries.map(({ capability, target, trust, origin, agent, granted }) => [
    capability,
    target,
    trust,
    `${origin.file}:${origin.line}`,
    agent ?? granted,
  ]);
  expect(rows).toEqual(
    expect.arrayContaining([
      ["model", "openai/gpt-4o-mini", "sandboxed", "flows/a.tac:2", "clerk"],
      ["tool.lua", "done", "sandboxed", "flows/a.tac:2", "clerk"],
      ["tool.host", "host.ping", "trusted", "flows/a.tac:6", undefined],
      ["file.write", "dynamic", "sandboxed", "flows/a.tac:6", undefined],
      ["mount", "./data:/data:ro", "trusted", "flows/a.tac.yml:1", false],
      ["limit", "time", "trusted", "flows/a.tac:1", undefined],
    ]),
  );
  const run = await desk.studio(["run", "flows/a.tac", "--json", "--mock", "--isolation", "docker"]);
  const [started] = run.stdout.split("\n");
  if (started) expect(JSON.parse(started).manifest).toBe(report.hash);
});

test("without --json it is plain sentences, and foreign text can't reach the terminal", async () => {
  using desk = openDesk({ "a.tac": `${source}File.read("\\27[2J\\nforged: line")` });
  const { code, stdout } = await desk.studio(["manifest", "a.tac"]);
  expect(code).toBe(0);
  expect(stdout).toContain("The agent clerk asks the model openai/gpt-4o-mini. a.tac:2");
  expect(stdout).toContain("The procedure calls the host tool host.ping. a.tac:6");
  expect(stdout).not.toContain("\u001b[2J");
  expect(stdout).not.toMatch(/^forged/m);
});

test.for([
  ["a file that is not there", {}, "a.tac does not exist"],
  ["a sidecar that can't be read", { "a.tac": source, "a.tac.yml": "surprise: 1\n" }, "surprise"],
] as const)("%s: exit code 2", async ([, files, message]) => {
  using desk = openDesk({ ...files });
  const { code, stdout, stderr } = await desk.studio(["manifest", "a.tac", "--json"]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
});
