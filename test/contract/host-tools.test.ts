import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { startModelServer } from "../support/model-server.ts";
import { openDesk } from "./studio.ts";

const canary = "canary-token-0123456789abcdef";
let server: Server;
let url = "";
let requests: string[] = [];
let keys: unknown[] = [];

beforeAll(async () => {
  server = createServer((incoming, response) => {
    keys.push(incoming.headers["idempotency-key"]);
    requests.push(`${incoming.method} ${incoming.url} ${incoming.headers.authorization ?? ""}`);
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ id: 7, echo: incoming.headers.authorization ?? null }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

function eventsOf(stdout: string): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

/** One tool of each kind, all of them allowed. */
const config = (): string => `
host_tools:
  allow: [tickets.create, text.shout, team.greet, editor.save, careful]
  tools:
    tickets.create:
      description: Opens a ticket.
      request:
        method: POST
        url: "${url}/projects/{project}/tickets"
        headers: { Authorization: "Bearer {TICKETS_TOKEN}" }
        body: { title: "{title}" }
        secrets: [TICKETS_TOKEN]
      input:
        project: { type: string, required: true, pattern: "^[a-z/.-]+$" }
        title: { type: string, default: untitled }
    text.shout:
      command: ["printf", "%s", "{text}"]
      output: text
      input: { text: { type: string, required: true } }
    team.greet: { module: ./team.mjs }
    editor.save: { editor_command: workbench.action.files.saveAll }
    careful: { command: [echo, "1"], approval: each }
`;

const team = `export const greet = {
  description: "Greets.",
  schema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  handler: ({ name }) => ({ hello: name }),
};`;

const args = ["run", "a.tac", "--json", "--isolation", "embedded"];
const files = (source: string) => ({
  "a.tac": source,
  "home/.tactus/config.yml": config(),
  "home/.tactus/team.mjs": team,
});

test("each kind is called, every call is seen, and no secret is", async () => {
  requests = [];
  keys = [];
  using desk = openDesk(
    files(`Procedure { function()
      return {
        ticket = Host.call("tickets.create", { project = "a" }),
        shout = Host.call("text.shout", { text = "a b" }),
        greet = Host.call("team.greet", { name = "Ada" }),
        ping = Host.call("host.ping", { n = 1 }).ok,
      }
    end }`),
  );
  const { code, stdout, stderr } = await desk.studio(args, { TICKETS_TOKEN: canary });
  expect(code).toBe(0);
  const events = eventsOf(stdout);
  expect(events.at(-1)).toMatchObject({
    result: {
      ticket: { id: 7, echo: "Bearer [redacted]" },
      shout: "a b",
      greet: { hello: "Ada" },
      ping: true,
    },
  });
  expect(requests).toEqual([`POST /projects/a/tickets Bearer ${canary}`]);
  const [start] = events;
  expect(keys).toEqual([`${start?.type === "run.started" ? start.run : ""}-1`]);
  expect(stdout + stderr).not.toContain(canary);
  expect(events.filter(({ type }) => type === "tool.called")).toMatchObject(
    ["tickets.create", "text.shout", "team.greet", "host.ping"].map((tool) => ({ tool, zone: "host" })),
  );
});

test("what is wrong or not allowed does not happen, and is told", async () => {
  requests = [];
  using desk = openDesk(
    files(`Procedure { function()
      local function try(...) local _, problem = pcall(Host.call, ...) return tostring(problem) end
      return {
        try("tickets.create", { project = "A" }),
        try("tickets.create", { project = "../admin" }),
        try("tickets.create", { project = "a", other = 1 }),
        try("text.shout", { text = "--version" }),
        try("text.shout", { text = "a\\nb" }),
        try("editor.save"),
        try("careful"),
        try("host.shell", { command = "id" }),
      }
    end }`),
  );
  const events = eventsOf((await desk.studio(args, { TICKETS_TOKEN: canary })).stdout);
  const end = events.at(-1);
  expect(end?.type === "run.finished" ? end.result : end).toEqual([
    expect.stringContaining("arguments are wrong"),
    expect.stringContaining("another path"),
    expect.stringContaining("arguments are wrong"),
    expect.stringContaining("would be read as an option"),
    expect.stringContaining("control character"),
    expect.stringContaining("started from the editor"),
    expect.stringContaining("only when a person allows it"),
    expect.stringContaining("is not allowed"),
  ]);
  expect(requests).toEqual([]);
  expect(events.filter(({ type }) => type === "tool.denied")).toMatchObject(
    ["editor.save", "careful", "host.shell"].map((tool) => ({ tool, zone: "host" })),
  );
});

test("an agent is offered a host tool by its declaration, and calls it", async () => {
  requests = [];
  const model = await startModelServer([
    { kind: "answer", toolCalls: [{ name: "open", arguments: { project: "docs" } }] },
    { kind: "answer", text: "opened" },
  ]);
  const source = `
open = Tool { use = "broker.tickets.create" }
clerk = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "s", tools = { open } }
Procedure { function() return clerk("go").output end }`;
  using desk = openDesk({
    ...files(source),
    "home/.tactus/config.yml": `${config()}
providers: { local: { kind: openai-compatible, base_url: "${model.url}/v1" } }`,
  });
  const events = eventsOf((await desk.studio(args, { TICKETS_TOKEN: canary })).stdout);
  await model.dispose();
  expect(events.at(-1)).toMatchObject({ status: "completed", result: "opened" });
  expect(requests).toEqual([`POST /projects/docs/tickets Bearer ${canary}`]);
  expect(JSON.stringify(model.requests[0]?.body["tools"])).toContain("Opens a ticket.");
  expect(JSON.stringify(model.requests)).not.toContain(canary);
});

test("a tool in a folder's file gives nothing, granted or not", async () => {
  const source = 'Procedure { function() return pcall(Host.call, "mine", {}) end }';
  for (const tool of [
    `{ request: { url: "${url}/x" } }`,
    "{ module: ./evil.mjs }",
    "{ editor_command: workbench.action.closeWindow }",
  ]) {
    using desk = openDesk({
      "a.tac": source,
      "a.tac.yml": `host_tools: { allow: [mine], tools: { mine: ${tool} } }`,
      "evil.mjs": team,
    });
    const events = eventsOf((await desk.studio([...args, "--yes"])).stdout);
    expect(events[0]).toMatchObject({ ungranted: [{ capability: "tool.host" }] });
    expect(events.filter(({ type }) => type === "tool.denied")).toHaveLength(1);
  }
});
