import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import type { ServerBehaviour } from "#test/support/mcp-servers/behaviour.ts";
import { startHttpMcpServer } from "#test/support/mcp-servers/http.ts";
import { scriptedProgram } from "#test/support/mcp-servers/scripted-definition.ts";
import { isRunning, journalOf, startedProcesses } from "#test/support/mcp-servers/server-journal.ts";
import { startModelServer } from "#test/support/model-server.ts";
import { openDesk } from "./studio.ts";

const canary = "s3cret-canary-0123456789abcdef";
const run = ["run", "a.tac", "--json", "--isolation", "embedded"];
const addOnce = "Procedure { function() return mcp.files.add({ a = 1, b = 2 }) end }";

function eventsOf(stdout: string): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

const of = <Type extends RunEvent["type"]>(events: readonly RunEvent[], type: Type) =>
  events.filter((event) => event.type === type);

/** Config of the scripted server; `more` are further keys. */
function server(more: string, behaviour: ServerBehaviour = {}, name = "files"): string {
  const args = JSON.stringify([scriptedProgram, JSON.stringify(behaviour)]);
  return `mcp_servers: { ${name}: { command: ${JSON.stringify(process.execPath)}, args: ${args}, timeout: 30, ${more} } }\n`;
}

test("a server on the host keeps its secret, whatever it says", async () => {
  const model = await startModelServer([
    { kind: "answer", toolCalls: [{ name: "files_environment", arguments: {} }] },
    { kind: "answer", text: "done" },
  ]);
  using desk = openDesk({
    "a.tac": `
      a = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "s", tools = { "files" } }
      Procedure { function() return { text = a("go").output, seen = mcp.files.environment({}).TOKEN } end }`,
    "home/.tactus/config.yml":
      `providers: { local: { kind: openai-compatible, base_url: "${model.url}/v1" } }\n` +
      server(`env: { TOKEN: "\${FILES_TOKEN}" }, placement: host, tools: [environment, add]`),
  });
  const { code, stdout, stderr } = await desk.studio(run, { FILES_TOKEN: canary });
  await model.dispose();
  const events = eventsOf(stdout);
  expect(events.at(-1)).toMatchObject({ result: { text: "done", seen: "[redacted]" } });
  expect(code).toBe(0);
  expect(of(events, "tool.called")).toMatchObject([
    { tool: "files_environment", zone: "mcp", by: "agent" },
    { zone: "mcp", by: "procedure" },
  ]);
  expect(of(events, "turn.started")).toMatchObject([{ tools: ["files_add", "files_environment"] }]);
  const [start] = events;
  const id = start?.type === "run.started" ? start.run : "";
  const journal = readFileSync(path.join(desk.folder, ".tactus", "runs", id, "events.jsonl"), "utf8");
  expect(stdout + stderr + journal + JSON.stringify(model.requests)).not.toContain(canary);
});

test("a tool that the config does not allow is denied, and the server not asked", async () => {
  using desk = openDesk({
    "a.tac": 'fail = Tool { use = "mcp.files.fail" }\nProcedure { function() return fail({}) end }',
    "home/.tactus/config.yml": server("placement: host, tools: [add]"),
  });
  const events = eventsOf((await desk.studio(run)).stdout);
  expect(events.at(-1)).toMatchObject({ status: "failed", error: { code: "tool-denied" } });
  expect(of(events, "tool.denied")).toMatchObject([{ tool: "files_fail", zone: "mcp" }]);
});

test("a server that ends at its start: the error has its name, the journal has its last words", async () => {
  using desk = openDesk({
    "a.tac": "Procedure { function() local ok, e = pcall(mcp.files.add, {}) return tostring(e) end }",
    "home/.tactus/config.yml": server("placement: host, tools: [add], max_retries: 0", { crashAtStart: 3 }),
  });
  const events = eventsOf((await desk.studio(run)).stdout);
  expect(Object(events.at(-1)).result).toContain("MCP server 'files' ended with code 3 before it was ready.");
  expect(Object(events.at(-1)).result).not.toContain("no configuration found");
  expect(of(events, "log")).toMatchObject([{ message: "MCP server 'files' said: no configuration found" }]);
});

test("a server at an address is reached from the host, with the headers of the person's config", async () => {
  await using web = await startHttpMcpServer();
  using desk = openDesk({
    "a.tac": addOnce,
    "home/.tactus/config.yml": `mcp_servers: { files: { url: "${web.url}", headers: { Authorization: "Bearer \${WEB_TOKEN}" }, tools: ["*"] } }`,
  });
  const { stdout } = await desk.studio(run, { WEB_TOKEN: canary });
  expect(eventsOf(stdout).at(-1)).toMatchObject({ status: "completed", result: "3" });
  expect(new Set(web.headers.map(({ authorization }) => authorization))).toEqual(
    new Set([`Bearer ${canary}`]),
  );
  expect(web.sessions.size).toBe(0);
  expect(stdout).not.toContain(canary);
});

test("a server in the sandbox needs a container, and the error says what to do", async () => {
  using desk = openDesk({ "a.tac": addOnce, "home/.tactus/config.yml": server("tools: [add]") });
  const events = eventsOf((await desk.studio(run)).stdout);
  expect(events.at(-1)).toMatchObject({
    status: "failed",
    error: {
      code: "mcp-server-failed",
      message: expect.stringMatching(/--isolation docker.*placement: host/),
    },
  });
});

test("an address is reached from the sandbox only when that has a network", async () => {
  await using web = await startHttpMcpServer();
  using desk = openDesk({
    "a.tac": addOnce,
    "home/.tactus/config.yml": `mcp_servers: { files: { url: "${web.url}", placement: sandbox } }`,
  });
  const events = eventsOf((await desk.studio(run)).stdout);
  const says = expect.stringMatching(/the sandbox has no network.*placement: host/);
  expect(events.at(-1)).toMatchObject({ error: { code: "mcp-server-failed", message: says } });
  expect(web.headers).toEqual([]);
});

test("a folder's own program is never started on the host, nor an address reached without a grant", async () => {
  await using web = await startHttpMcpServer();
  using desk = openDesk({
    "a.tac": addOnce,
    "a.tac.yml": server("placement: host, tools: [add]"),
    "b.tac": "Procedure { function() return mcp.web.add({ a = 1, b = 2 }) end }",
    "b.tac.yml": `mcp_servers: { web: { url: "${web.url}", tools: [add] } }`,
  });
  const program = eventsOf((await desk.studio([...run, "--yes"])).stdout);
  expect(program[0]).toMatchObject({ ungranted: [{ capability: "tool.mcp", target: "files" }] });
  expect(program.at(-1)).toMatchObject({ status: "failed" });
  const address = ["run", "b.tac", "--json", "--isolation", "embedded"];
  expect(eventsOf((await desk.studio(address)).stdout).at(-1)).toMatchObject({ status: "failed" });
  expect(web.headers).toEqual([]);
  expect(eventsOf((await desk.studio([...address, "--yes"])).stdout).at(-1)).toMatchObject({ result: "3" });
});

test("a run that is resumed calls no tool again that answered before", async () => {
  using desk = openDesk({});
  const journal = path.join(desk.home, "server-journal");
  using failing = openDesk({
    "a.tac":
      "Procedure { function() local sum = mcp.files.add({ a = 1, b = 2 }) error('no') return sum end }",
    "home/.tactus/config.yml": server("placement: host, tools: ['*']", { journal }),
  });
  const [start] = eventsOf((await failing.studio(run)).stdout);
  const id = start?.type === "run.started" ? start.run : "";
  writeFileSync(
    path.join(failing.folder, "a.tac"),
    "Procedure { function() local sum = mcp.files.add({ a = 1, b = 2 }) return sum end }",
  );
  const resumed = await failing.studio(["runs", "resume", id, "--json"]);
  expect(eventsOf(resumed.stdout).at(-1)).toMatchObject({ status: "completed", result: "3" });
  expect(journalOf(journal).filter((line) => line === "called add")).toHaveLength(1);
});

test("nothing of a server outlives its run: it ended, it failed, it was cancelled in the middle of a call", async () => {
  using desk = openDesk({});
  const journal = path.join(desk.home, "server-journal");
  const start = (source: string) => {
    const config = server("placement: host, tools: ['*']", { journal, deaf: true });
    return openDesk({ "a.tac": source, "home/.tactus/config.yml": config });
  };
  using ended = start(addOnce);
  expect((await ended.studio(run)).code).toBe(0);
  using failed = start("Procedure { function() mcp.files.add({ a = 1, b = 2 }) error('no') end }");
  expect((await failed.studio(run)).code).toBe(1);
  using cancelled = start("Procedure { function() return mcp.files.slow({}) end }");
  const running = cancelled.start(run);
  await vi.waitFor(() => expect(journalOf(journal)).toContain("slow began"), { timeout: 20_000 });
  running.process.kill("SIGINT");
  expect((await running.outcome).code).toBe(130);
  expect(journalOf(journal)).toContain("slow was cancelled");
  expect(startedProcesses(journal).map(isRunning)).toEqual([false, false, false]);
});
