import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { startModelServer } from "../support/model-server.ts";
import { openDesk } from "./studio.ts";

const canary = "sk-canary-0123456789abcdef0123456789abcdef";
const asking = `
clerk = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "Be brief.", tools = {} }
Procedure { function() return { text = clerk("hello").output } end }
`;

function eventsOf(stdout: string): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

const provider = (url: string, key = "api_key_env: LOCAL_KEY, "): string =>
  `providers: { local: { kind: openai-compatible, base_url: "${url}/v1", ${key}prices: { gpt-4o-mini: { input: 1000000, output: 2000000 } } } }\n`;

test("a model of the person's config: streamed, counted, and its key nowhere in sight", async () => {
  const server = await startModelServer([
    { kind: "answer", text: ["Hel", "lo ", canary], usage: { input: 3, output: 2 } },
  ]);
  using desk = openDesk({ "a.tac": asking, "home/.tactus/config.yml": provider(server.url) });
  const args = ["run", "a.tac", "--json", "--isolation", "embedded"];
  const { code, stdout, stderr } = await desk.studio(args, { LOCAL_KEY: canary });
  await server.dispose();
  expect(code).toBe(0);
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`);
  const events = eventsOf(stdout);
  expect(events.filter(({ type }) => type === "turn.delta").length).toBeGreaterThan(0);
  expect(events.at(-1)).toMatchObject({
    status: "completed",
    usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    cost: 7,
  });
  const [start] = events;
  const run = start?.type === "run.started" ? start.run : "";
  const journal = readFileSync(path.join(desk.folder, ".tactus", "runs", run, "events.jsonl"), "utf8");
  expect(stdout + stderr + journal).not.toContain(canary);
});

test("an endpoint of the person's config gets the usual key of its kind", async () => {
  const server = await startModelServer([{ kind: "answer", text: "hi" }]);
  const config = `providers: { local: { kind: anthropic, base_url: "${server.url}/v1" } }\n`;
  using desk = openDesk({
    "a.tac": asking,
    "home/.tactus/config.yml": `${config}anthropic_api_key: ${canary}\n`,
  });
  const { code } = await desk.studio(["run", "a.tac", "--json", "--isolation", "embedded"]);
  await server.dispose();
  expect(code).toBe(0);
  expect(server.requests[0]?.headers["x-api-key"]).toBe(canary);
});

test("a folder's endpoint needs a grant, and never gets the person's key", async () => {
  const server = await startModelServer([{ kind: "answer", text: "hi" }]);
  const environment = { LOCAL_KEY: canary, OPENAI_API_KEY: canary };
  const args = ["run", "a.tac", "--json", "--isolation", "embedded"];
  for (const key of ["api_key_env: LOCAL_KEY, ", ""]) {
    using desk = openDesk({ "a.tac": asking, "a.tac.yml": provider(server.url, key) });
    const refused = await desk.studio(args, environment);
    expect(refused.code).toBe(1);
    expect(eventsOf(refused.stdout)[0]).toMatchObject({ ungranted: [{ capability: "model" }] });
    await desk.studio([...args, "--yes"], environment);
  }
  await server.dispose();
  expect(server.requests.map(({ headers }) => headers.authorization ?? "")).not.toContain(`Bearer ${canary}`);
  expect(JSON.stringify(server.requests)).not.toContain(canary);
});

test("the sandbox switched off in the person's config means embedded, with a notice", async () => {
  using desk = openDesk({
    "a.tac": "Procedure { function() return 1 end }",
    "home/.tactus/config.yml": "sandbox: { enabled: false }",
  });
  const { code, stdout, stderr } = await desk.studio(["run", "a.tac", "--json"]);
  expect(code).toBe(0);
  expect(eventsOf(stdout)[0]).toMatchObject({ isolation: "embedded" });
  expect(stderr).toContain("weaker than Docker");
});

test("a host tool of the person's config runs; without its name in `allow` it is denied", async () => {
  const caller = 'Procedure { function() return Host.call("shout", { text = "hi" }) end }';
  const config = (allow: string): string =>
    `host_tools: { ${allow}tools: { shout: { command: [cat], input: { text: { type: string, required: true } } } } }`;
  const args = ["run", "a.tac", "--json", "--isolation", "embedded"];
  using allowed = openDesk({ "a.tac": caller, "home/.tactus/config.yml": config("allow: [shout], ") });
  expect(eventsOf((await allowed.studio(args)).stdout).at(-1)).toMatchObject({ status: "completed" });
  using denied = openDesk({ "a.tac": caller, "home/.tactus/config.yml": config("") });
  const events = eventsOf((await denied.studio(args)).stdout);
  expect(events.at(-1)).toMatchObject({ status: "failed" });
  expect(events.filter(({ type }) => type === "tool.denied")).toHaveLength(1);
});
