import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "#common/json.ts";
import type { McpServerDefinition } from "#protocol/wire/mcp.ts";
import { type ServerBehaviour, scriptedTools } from "#test/support/mcp-servers/behaviour.ts";
import { startHttpMcpServer } from "#test/support/mcp-servers/http.ts";
import { scriptedDefinition } from "#test/support/mcp-servers/scripted-definition.ts";
import { isRunning, journalOf, startedProcesses } from "#test/support/mcp-servers/server-journal.ts";
import { McpServers } from "./mcp-servers.ts";

let folder = "";
let journal = "";
let servers: McpServers | undefined;
const warnings: string[] = [];
const warn = (message: string): void => void warnings.push(message);
const context = { signal: new AbortController().signal, warn };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mcp-"));
  journal = join(folder, "journal");
  warnings.length = 0;
});
afterEach(async () => {
  await servers?.close();
  servers = undefined;
  rmSync(folder, { recursive: true });
});

/** One server, called `s`, over a real process. */
function hold(behaviour: ServerBehaviour = {}, more: Partial<McpServerDefinition> = {}): McpServers {
  return holdDefined(scriptedDefinition({ journal, ...behaviour }, more));
}

function holdDefined(definition: McpServerDefinition): McpServers {
  servers = new McpServers({
    servers: { s: definition },
    environment: { PATH: process.env["PATH"] ?? "" },
  });
  return servers;
}

const call = (held: McpServers, tool: string, parameters: JsonObject = {}, signal = context.signal) =>
  held.call("s", tool, parameters, { signal, warn });

async function names(held: McpServers): Promise<string[]> {
  const listed = await held.list("s", context);
  if (!listed.ok) throw new Error(listed.error.message);
  return listed.value.tools.map(({ name }) => name);
}

const journalLines = () => journalOf(journal);
const startedPids = () => startedProcesses(journal);

test("tools are listed with their schemas, and called", async () => {
  const held = hold();
  expect(await names(held)).toEqual([...scriptedTools]);
  const listed = await held.list("s", context);
  expect(listed.ok && listed.value.tools[0]).toMatchObject({
    name: "add",
    description: "Does add.",
    parameters: { type: "object", required: ["a", "b"] },
  });
  expect(await call(held, "add", { a: 1, b: 2.5 })).toEqual({ ok: true, value: "3.5" });
  expect(startedPids()).toHaveLength(1);
});

test("nothing is started before it is needed", async () => {
  hold();
  await servers?.close();
  expect(journalLines()).toEqual([]);
});

describe("results", () => {
  test.for<[tool: string, given: JsonObject, value: unknown]>([
    ["nothing", {}, null],
    ["structured", { x: [1] }, { given: { x: [1] }, list: [1, 2], nested: { yes: true } }],
  ])("of %s", async ([tool, given, value]) => {
    expect(await call(hold(), tool, given)).toEqual({ ok: true, value });
  });

  test("of several kinds come as a list; large pictures are told of and left out", async () => {
    const answer = await call(hold(), "mixed");
    expect(answer.ok && answer.value).toEqual([
      { type: "text", text: "see" },
      { type: "image", mimeType: "image/png", bytes: 7, data: "cGljdHVyZQ==" },
      { type: "image", mimeType: "image/png", bytes: 75_000, omitted: true },
      { type: "audio", mimeType: "audio/wav", bytes: 5, data: "c291bmQ=" },
      { type: "resource", uri: "file:///a.txt", mimeType: "text/plain", text: "inside" },
      { type: "resource", uri: "file:///a.bin", bytes: 5, data: "Ynl0ZXM=" },
      { type: "resource_link", uri: "file:///b.txt", name: "b", description: "another" },
    ]);
  });

  test("that say they are errors are failures with the server's words", async () => {
    const held = hold();
    expect(await call(held, "fail")).toEqual({
      ok: false,
      error: { code: "tool-failed", message: "the disk is full" },
    });
    expect(await call(held, "throw")).toMatchObject({
      error: { code: "tool-failed", message: "something broke inside" },
    });
    expect(await call(held, "absent")).toMatchObject({
      error: { code: "tool-failed", message: "There is no tool absent." },
    });
  });

  test("that are huge are cut or refused, and the server goes on", async () => {
    const held = hold();
    const text = await call(held, "huge", { kind: "text" });
    expect(text.ok && String(text.value).length).toBeLessThan(300_000);
    expect(text.ok && text.value).toMatch(/\[Cut: the first \d+ of 1000000 characters\.\]$/);
    for (const kind of ["value", "deep"]) {
      expect(await call(held, "huge", { kind })).toMatchObject({ error: { code: "answer-too-large" } });
    }
    expect(startedPids()).toHaveLength(1);
  });

  test("beyond all measure end the server; the next call starts it again", async () => {
    const held = hold();
    expect(await call(held, "huge", { kind: "message" })).toMatchObject({
      error: { code: "mcp-server-failed", message: expect.stringMatching(/larger than a message may be/) },
    });
    expect(await call(held, "add", { a: 1, b: 1 })).toEqual({ ok: true, value: "2" });
    expect(startedPids()).toHaveLength(2);
  });
});

describe("what is listed", () => {
  const fine = { type: "object" };

  test("a tool that can't be offered is left out with a warning, the others stay", async () => {
    const tools = [
      { name: "list", inputSchema: [] },
      { name: "text", inputSchema: { type: "string" } },
      { name: "loop", inputSchema: { type: "object", properties: { a: { $ref: "#/properties/a" } } } },
      { name: "wrong", inputSchema: { type: "object", properties: { a: { type: "text" } } } },
      { name: "large", inputSchema: { type: "object", description: "x".repeat(70_000) } },
      { name: "add", inputSchema: fine },
      { name: "a b", inputSchema: fine },
      { name: "new\nline", inputSchema: fine },
      { name: "", inputSchema: fine },
      { name: "n".repeat(300), inputSchema: fine },
      { inputSchema: fine },
      "no tool",
      { name: "größe/größer.x:y", inputSchema: fine, description: 7 },
    ];
    expect(await names(hold({ tools }))).toEqual([...scriptedTools, "größe/größer.x:y"]);
    expect(warnings).toHaveLength(12);
    expect(warnings.join("\n")).toMatch(/'add' is left out: another one has this name/);
    expect(warnings.join("\n")).toMatch(/'loop' is left out: .* back to itself/);
    expect(warnings.every((warning) => warning.startsWith("MCP server 's': "))).toBe(true);
  });

  test("a flood of tools is bounded, and so are the warnings about it", async () => {
    const tools = Array.from({ length: 600 }, (_, index) => ({
      name: `t${index}`,
      inputSchema: index % 2 === 0 ? fine : {},
    }));
    const listed = await names(hold({ tools }));
    expect(listed.length).toBeLessThan(300);
    expect(warnings).toHaveLength(21);
  });

  test("only tools that the config allows are listed and called", async () => {
    const held = hold({}, { tools: ["add", "str*"] });
    expect(await names(held)).toEqual(["add", "structured"]);
    expect(await call(held, "fail")).toMatchObject({
      error: { code: "tool-denied", message: expect.stringMatching(/'fail'/) },
    });
    expect(journalLines()).not.toContain("called fail");
  });

  test("a server that says its list changed is asked again, and only then", async () => {
    const held = hold();
    const before = await held.list("s", context);
    await held.list("s", context);
    expect(journalLines().filter((line) => line === "listed")).toHaveLength(1);
    await call(held, "grow");
    const after = await held.list("s", context);
    expect(after.ok && after.value.tools.at(-1)?.name).toBe("grown");
    expect(after.ok && before.ok && after.value.revision > before.value.revision).toBe(true);
    expect(journalLines().filter((line) => line === "listed")).toHaveLength(2);
  });
});

test("the list of another process is never taken for this one's", async () => {
  const earlier = hold();
  const one = await earlier.list("s", context);
  await earlier.close();
  const other = await hold().list("s", context);
  expect([one.ok, other.ok]).toEqual([true, true]);
  expect(one.ok && one.value.revision).not.toBe(other.ok && other.value.revision);
});

describe("starting", () => {
  test("a crash is told of; what the server said stays on this side", async () => {
    const answer = await hold({ crashAtStart: 3 }).list("s", context);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: "mcp-server-failed", message: "MCP server 's' ended with code 3 before it was ready." },
    });
    expect(warnings).toEqual(["MCP server 's' said: no configuration found"]);
    expect(startedPids()).toHaveLength(1);
  });

  test("a crash is tried again as often as the config says", async () => {
    expect((await hold({ crashUntilStart: 3 }, { retries: 2 }).list("s", context)).ok).toBe(true);
    expect(startedPids()).toHaveLength(3);
  });

  test("a server that crashes at each start is given up", async () => {
    const held = hold({ crashAtStart: 1 }, { retries: 3 });
    for (let time = 0; time < 5; time++) await held.list("s", context);
    expect(await held.list("s", context)).toMatchObject({
      error: { message: expect.stringMatching(/started 10 times/) },
    });
    expect(startedPids()).toHaveLength(10);
  });

  test("one that does not greet in time is ended", async () => {
    const answer = await hold({ slowStart: 60_000 }, { startSeconds: 1 }).list("s", context);
    expect(answer).toMatchObject({
      error: { message: expect.stringMatching(/did not answer within 1 s \(timeout\)/) },
    });
    expect(startedPids().some(isRunning)).toBe(false);
  });

  test.for<[what: string, transport: object]>([
    ["program", { command: "/no/such/program" }],
    ["folder", { folder: "/no/such/folder" }],
  ])("a %s that does not exist is no use trying again", async ([, wrong]) => {
    const definition = scriptedDefinition({}, { retries: 5 });
    const held = holdDefined({ ...definition, transport: { ...definition.transport, ...wrong } });
    expect(await held.list("s", context)).toMatchObject({
      error: { message: expect.stringMatching(/does not exist/) },
    });
    const message = await held.list("s", context);
    expect(!message.ok && message.error.message).not.toContain("/no/such");
  });

  test("lines that are no messages and a flood on standard error are passed over", async () => {
    const held = hold({ stray: 'Hello!\n{"a":1}\n\n{broken\n', errorBytes: 3_000_000 });
    expect(await call(held, "add", { a: 1, b: 2 })).toEqual({ ok: true, value: "3" });
  });

  test("a server that writes nothing but garbage is ended", async () => {
    const answer = await hold({ stray: "garbage\n".repeat(5000), slowStart: 60_000 }).list("s", context);
    expect(answer).toMatchObject({
      error: { message: expect.stringMatching(/too much that is no message/) },
    });
    expect(startedPids().some(isRunning)).toBe(false);
  });

  test("its environment is what the config gives, and what finding a program needs", async () => {
    const definition = scriptedDefinition();
    const held = holdDefined({
      ...definition,
      transport: { ...definition.transport, kind: "program", environment: { TOKEN: "t" }, folder } as never,
    });
    const answer = await call(held, "environment");
    const { PATH: _path, folder: where, ...rest } = Object(answer.ok && answer.value);
    expect(rest).toEqual({ TOKEN: "t" });
    expect(where).toBe(folder);
  });
});

describe("calling", () => {
  test("a crash in the middle is told of, and the next call starts the server again", async () => {
    const held = hold();
    expect(await call(held, "crash")).toMatchObject({
      error: {
        code: "mcp-server-failed",
        message: expect.stringMatching(/ended with code 42 while it was asked/),
      },
    });
    expect(warnings).toEqual(["MCP server 's' said: out of cheese"]);
    expect(await call(held, "add", { a: 2, b: 2 })).toEqual({ ok: true, value: "4" });
    expect(journalLines().filter((line) => line === "called crash")).toHaveLength(1);
  });

  test("a call that takes too long ends, and the server is told", async () => {
    const held = hold({}, { answerSeconds: 1 });
    expect(await call(held, "slow")).toMatchObject({
      error: { message: expect.stringMatching(/did not answer within 1 s \(read_timeout\)/) },
    });
    await vi.waitFor(() => expect(journalLines()).toContain("slow was cancelled"));
  });

  test("a cancelled call is told to the server", async () => {
    const held = hold();
    const controller = new AbortController();
    const answer = call(held, "slow", {}, controller.signal);
    await vi.waitFor(() => expect(journalLines()).toContain("slow began"), { timeout: 10_000 });
    controller.abort();
    expect(await answer).toMatchObject({ error: { code: "cancelled" } });
    await vi.waitFor(() => expect(journalLines()).toContain("slow was cancelled"));
    expect(await call(held, "add", { a: 1, b: 1 })).toMatchObject({ ok: true });
  });

  test("what the server asks of its client is declined", async () => {
    expect(await call(hold(), "ask")).toEqual({
      ok: true,
      value: { sampling: "-32601", elicitation: "-32601", roots: "-32601", ping: "answered" },
    });
  });

  test("a server that is not configured is denied", async () => {
    for (const name of ["other", "constructor", "__proto__"]) {
      expect(await hold().call(name, "add", {}, context)).toMatchObject({ error: { code: "tool-denied" } });
    }
  });
});

describe("the end", () => {
  test.for([{ deaf: false }, { deaf: true }])("nothing of a server is left: %j", async (behaviour) => {
    const held = hold(behaviour);
    await names(held);
    expect(startedPids().map(isRunning)).toEqual([true]);
    await held.close();
    expect(startedPids().map(isRunning)).toEqual([false]);
    expect(journalLines().includes("asked to end")).toBe(behaviour.deaf);
    expect(await held.list("s", context)).toMatchObject({ ok: false, error: { code: "cancelled" } });
  });

  test("a server that is still starting is ended too", async () => {
    const held = hold({ slowStart: 60_000 });
    const listing = held.list("s", context);
    await vi.waitFor(() => expect(startedPids()).toHaveLength(1), { timeout: 10_000 });
    await held.close();
    expect(await listing).toMatchObject({ error: { code: "cancelled" } });
    expect(startedPids().some(isRunning)).toBe(false);
  });
});

describe("over HTTP", () => {
  const over = (url: string, headers: Record<string, string> = {}) =>
    holdDefined(scriptedDefinition({}, { transport: { kind: "http", url, headers }, startSeconds: 5 }));

  test("tools are listed and called with the headers of the config, and the session is ended", async () => {
    await using server = await startHttpMcpServer();
    const held = over(server.url, { authorization: "Bearer t0ken" });
    expect(await names(held)).toEqual([...scriptedTools]);
    expect(await call(held, "add", { a: 1, b: 2 })).toEqual({ ok: true, value: "3" });
    expect(server.headers.every(({ authorization }) => authorization === "Bearer t0ken")).toBe(true);
    expect(server.sessions.size).toBe(1);
    await held.close();
    expect(server.sessions.size).toBe(0);
  });

  test("a changed list reaches this side", async () => {
    await using server = await startHttpMcpServer();
    const held = over(server.url);
    await names(held);
    await call(held, "grow");
    await vi.waitFor(async () => expect(await names(held)).toContain("grown"));
  });

  test("a server that forgot the session is greeted again by the next call", async () => {
    await using server = await startHttpMcpServer();
    const held = over(server.url);
    await names(held);
    server.forget();
    expect(await call(held, "add", { a: 1, b: 2 })).toMatchObject({
      error: { message: expect.stringMatching(/HTTP 404/) },
    });
    expect(await call(held, "add", { a: 1, b: 2 })).toEqual({ ok: true, value: "3" });
  });

  test.for<[says: RegExp, status: number, headers: Record<string, string>, body: string]>([
    [/HTTP 302: the server redirects elsewhere/, 302, { location: "http://127.0.0.1:1/" }, ""],
    [/HTTP 401/, 401, {}, "go away"],
    [/HTTP 500/, 500, {}, "secret stack"],
    [/content type/, 200, { "content-type": "text/html" }, "<html>"],
    [/answer|could not/, 200, { "content-type": "application/json" }, "{broken"],
  ])("what is no server: %s", async ([says, status, headers, body]) => {
    await using server = await startHttpMcpServer((_request, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    });
    const answer = await over(server.url).list("s", context);
    expect(answer).toMatchObject({
      error: { code: "mcp-server-failed", message: expect.stringMatching(says) },
    });
    expect(!answer.ok && answer.error.message).not.toContain("secret stack");
  });

  test("nobody there", async () => {
    const gone = await startHttpMcpServer();
    await gone[Symbol.asyncDispose]();
    expect(await over(gone.url).list("s", context)).toMatchObject({
      error: { message: expect.stringMatching(/can't be reached \(ECONNREFUSED\)/) },
    });
  });

  test("an answer without end is cut", async () => {
    await using server = await startHttpMcpServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const piece = `"${"x".repeat(1_000_000)}",`;
      const write = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.write("[");
      response.on("drain", write);
      write();
      return true;
    });
    expect(await over(server.url).list("s", context)).toMatchObject({
      error: { message: expect.stringMatching(/larger than/) },
    });
  });
});
