import { readdirSync } from "node:fs";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluationReport } from "#protocol/reports/evaluation-report.ts";
import { testReport } from "#protocol/reports/test-report.ts";
import { type Desk, openDesk } from "#test/contract/studio.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";

/** `test` and `eval` in containers: the built command, a real engine. */

let engine: DockerEngine;
let client: Docker;

beforeAll(async () => {
  engine = await engineOfSuite();
  client = clientOf(engine);
});
afterAll(() => engine?.dispose());

const docker = ["--isolation", "docker"];
const greet = `greet = Tool { input = { name = field.string{} }, function(args) return "Hello " .. args.name end }`;
const deskOf = (files: Readonly<Record<string, string>>): Desk =>
  openDesk({ "tools/greet.tac": greet, ...files }, { DOCKER_HOST: engine.address });
const deskWith = (source: string): Desk => deskOf({ "a.tac": source });
const containers = (): Promise<Docker.ContainerInfo[]> => client.listContainers({ all: true });

/** Starts of containers since a moment, in seconds. */
async function startsSince(since: number): Promise<number> {
  const until = Date.now() / 1000;
  const stream = await client.getEvents({ since, until, filters: { event: ["start"] } });
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

const greeting = `greet = Tool { use = "./tools/greet.tac" }
Procedure {
  input = { name = field.string{default = "Ada"} },
  function(input)
    while input.name == "endless" do end
    File.write("made.txt", input.name)
    return { text = greet({ name = input.name }) }
  end
}
`;

const specification = `${greeting}Specification([[
Feature: Greeting
  Scenario: by default
    When the procedure runs
    Then the output text should be "Hello Ada"
  Scenario: by name
    Given the input name is "Grace"
    When the procedure runs
    Then the output text should be "Hello Grace"
  Scenario: wrong
    When the procedure runs
    Then the output text should be "Goodbye"
  @skip
  Scenario: later
    When the procedure runs
]])
`;

test("scenarios of two files run in a container for each, and leave neither files nor containers", async () => {
  using desk = deskOf({ "a.tac": specification, "b.tac": specification.replaceAll('"Grace"', '"Alan"') });
  const since = Date.now() / 1000;
  const { code, stdout } = await desk.studio(["test", ".", "--json", "--jobs", "2", ...docker]);
  const report = testReport.parse(JSON.parse(stdout));
  expect(report).toMatchObject({ passed: 3, failed: 3, skipped: 2 });
  expect(report.files.map(({ scenarios }) => scenarios)).toMatchObject([
    scenariosWith({ byName: "passed" }),
    scenariosWith({ byName: "failed" }),
  ]);
  expect(code).toBe(1);
  expect(await startsSince(since)).toBe(2);
  expect(readdirSync(desk.folder)).not.toContain("made.txt");
  expect(await containers()).toEqual([]);
});

const scenariosWith = ({ byName }: { readonly byName: string }) => [
  { name: "by default", status: "passed" },
  { name: "by name", status: byName },
  { name: "wrong", status: "failed", steps: [{ status: "passed" }, { status: "failed" }] },
  { name: "later", status: "skipped" },
];

test("cases of an evaluation run in containers", async () => {
  using desk = deskWith(`${greeting}Evaluation {
  dataset = {
    {name = "ada", inputs = {name = "Ada"}, expected_output = {text = "Hello Ada"}},
    {name = "bob", inputs = {name = "Bob"}, expected_output = {text = "Hello Rob"}},
  },
  evaluators = {{type = "equals_expected", field = "text"}},
}
`);
  const since = Date.now() / 1000;
  const { stdout } = await desk.studio(["eval", "a.tac", "--json", "--jobs", "2", ...docker]);
  const report = evaluationReport.parse(JSON.parse(stdout));
  expect(report).toMatchObject({ passed: 1, failed: 1, skipped: 0, successRate: 0.5 });
  expect(report.cases).toMatchObject([{ name: "ada" }, { name: "bob" }]);
  expect(await startsSince(since)).toBeGreaterThan(0);
  expect(await containers()).toEqual([]);
});

test("Ctrl-C in the middle of a scenario leaves no container", async () => {
  using desk = deskWith(specification.replace('"Grace"', '"endless"'));
  const running = desk.start(["test", "a.tac", "--jobs", "1", ...docker]);
  await running.shows("✓ by default");
  await expect.poll(async () => (await containers()).length, { timeout: 20_000 }).toBe(1);
  running.process.kill("SIGINT");
  const { code, stdout } = await running.outcome;
  expect(stdout).toContain("1 passed, 0 failed, 3 skipped, cancelled");
  expect(code).toBe(130);
  expect(await containers()).toEqual([]);
});

test("Ctrl-C in the middle of a case leaves no container", async () => {
  using desk = deskWith(`${greeting}Evaluation {
  dataset = {{name = "endless", inputs = {name = "endless"}}},
  evaluators = {{type = "min_length", field = "text", value = 1}},
}
`);
  const running = desk.start(["eval", "a.tac", "--json", ...docker]);
  await expect.poll(async () => (await client.listContainers()).length, { timeout: 20_000 }).toBe(1);
  running.process.kill("SIGINT");
  expect((await running.outcome).code).toBe(130);
  expect(await containers()).toEqual([]);
});
