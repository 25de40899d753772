import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { openDesk } from "./studio.ts";

const looping = `
add = Tool { description = "Sum", input = { a = field.integer{required = true} }, function(args) return args.a + 1 end }
clerk = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "Add.", tools = { add }, max_tool_followup_rounds = 50 }
Procedure { function()
  while true do
    pcall(clerk, "go on")
  end
end }
`;

const inTools = `
count = Tool { description = "Counts", input = {}, function() return 1 end }
Procedure { function()
  for n = 1, 100 do pcall(count) end
end }
`;

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer(() => ({
    kind: "answer",
    toolCalls: [{ name: "add", arguments: { a: 1 } }],
    usage: { input: 60, output: 40 },
  }));
});
afterAll(() => server.dispose());

function eventsOf(stdout: string): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

const prices = "prices: { gpt-4o-mini: { input: 1000, output: 1000 } }";
const person = (more = prices): string =>
  `providers: { local: { kind: openai-compatible, base_url: "${server.url}/v1", ${more} } }\n`;

const cases: ReadonlyArray<{
  limits: string;
  limit: string;
  value: number;
  requests: number;
  source?: string;
}> = [
  { limits: "turns: 3", limit: "turns", value: 3, requests: 3 },
  { limits: "tokens: 150", limit: "tokens", value: 150, requests: 2 },
  { limits: "cost: 0.25", limit: "cost", value: 0.25, requests: 3 },
  { limits: "tool_calls: 4", limit: "tool-calls", value: 4, requests: 5 },
  { limits: "tool_calls: 9", limit: "tool-calls", value: 9, requests: 0, source: inTools },
];

test.for(cases)(
  "$limits: the run is ended, whatever it catches",
  async ({ limits, limit, value, requests, source = looping }) => {
    const before = server.requests.length;
    using desk = openDesk({
      "a.tac": source,
      "a.tac.yml": `limits: { ${limits} }`,
      "home/.tactus/config.yml": person(),
    });
    const { code, stdout } = await desk.studio(["run", "a.tac", "--json", "--isolation", "embedded"]);
    expect(code).toBe(4);
    expect(server.requests.length - before).toBe(requests);
    const events = eventsOf(stdout);
    expect(events.filter(({ type }) => type === "limit.hit")).toMatchObject([{ limit, value }]);
    expect(events.at(-1)).toMatchObject({
      status: "failed",
      error: { code: `limit-${limit}`, file: "a.tac", line: expect.any(Number) },
      usage: { totalTokens: requests * 100 },
    });
  },
);

test("a folder can't raise what the person set, unless it is granted", async () => {
  using desk = openDesk({
    "a.tac": looping,
    "a.tac.yml": "limits: { turns: 100000, tokens: 150 }",
    "home/.tactus/config.yml": `${person()}limits: { turns: 2 }`,
  });
  const events = eventsOf((await desk.studio(["run", "a.tac", "--json", "--isolation", "embedded"])).stdout);
  expect(events[0]).toMatchObject({ ungranted: [{ capability: "limit", target: "turns 100000" }] });
  expect(events.filter(({ type }) => type === "limit.hit")).toMatchObject([{ limit: "turns", value: 2 }]);
});

test("a run that goes on counts what it spent before, and pays for nothing twice", async () => {
  const answers = await startModelServer(() => ({
    kind: "answer",
    text: "ok",
    usage: { input: 60, output: 40 },
  }));
  const asking = `
clerk = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "s", tools = {} }
Procedure { function()
  for n = 1, 5 do clerk("go on") end
  return "done"
end }
`;
  using desk = openDesk({
    "a.tac": asking,
    "home/.tactus/config.yml": `providers: { local: { kind: openai-compatible, base_url: "${answers.url}/v1" } }`,
  });
  const limited = (turns: number): void =>
    writeFileSync(path.join(desk.folder, "a.tac.yml"), `limits: { turns: ${turns} }`);
  limited(2);
  const first = await desk.studio(["run", "a.tac", "--json", "--isolation", "embedded"]);
  const [start] = eventsOf(first.stdout);
  const run = start?.type === "run.started" ? start.run : "";
  limited(4);
  const second = await desk.studio(["runs", "resume", run, "--json"]);
  const requests = answers.requests.length;
  limited(100);
  const third = await desk.studio(["runs", "resume", run, "--json"]);
  await answers.dispose();
  expect([first.code, second.code, third.code]).toEqual([4, 4, 0]);
  expect(eventsOf(second.stdout).filter(({ type }) => type === "limit.hit")).toMatchObject([
    { limit: "turns", value: 4 },
  ]);
  expect([requests, answers.requests.length]).toEqual([4, 5]);
  expect(eventsOf(third.stdout).at(-1)).toMatchObject({ status: "completed", usage: { totalTokens: 500 } });
});

test("where the cost is limited a model without a known price is not asked", async () => {
  const before = server.requests.length;
  using desk = openDesk({
    "a.tac": looping.replaceAll("gpt-4o-mini", "house-model"),
    "home/.tactus/config.yml": `${person()}limits: { cost: 1 }`,
  });
  const { code, stdout } = await desk.studio(["run", "a.tac", "--json", "--isolation", "embedded"]);
  expect(code).toBe(4);
  expect(server.requests.length).toBe(before);
  expect(eventsOf(stdout).at(-1)).toMatchObject({
    error: { code: "limit-cost", message: expect.stringContaining("house-model") },
  });
});
