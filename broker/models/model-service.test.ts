import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import type { GenerateParams } from "#protocol/wire/requests.ts";
import { type ModelScript, type ModelServer, startModelServer } from "#test/support/model-server.ts";
import { Redactor } from "../secrets/redactor.ts";
import { secretsFrom } from "../secrets/secret-source.ts";
import type { ModelService } from "../services.ts";
import { createModelService, type ModelServiceOptions } from "./model-service.ts";
import type { ProviderSettings, ProviderTable } from "./provider-settings.ts";

const key = "sk-canary-3f1b52c09d774e0e8a55";

/** The three wires, as providers of one server. */
function providersAt(url: string, values: Record<string, string> = { KEY: key }): ProviderTable {
  const record = { keyNames: ["KEY"], secrets: secretsFrom(values) };
  return {
    responses: { ...record, kind: "openai", baseUrl: `${url}/v1` },
    chat: { ...record, kind: "openai-compatible", baseUrl: `${url}/v1` },
    messages: { ...record, kind: "anthropic", baseUrl: url },
  };
}

const wires = ["responses", "chat", "messages"] as const;

function paramsFor(provider: string, changes: Partial<GenerateParams> = {}): GenerateParams {
  return {
    turn: 1,
    agent: "writer",
    provider,
    model: "gpt-4o",
    messages: [
      { role: "system", text: "Be brief." },
      { role: "user", text: "Hello" },
    ],
    tools: [],
    settings: {},
    ...changes,
  };
}

const weather = {
  name: "weather.now",
  description: "The weather of a place",
  parameters: { type: "object", properties: { place: { type: "string" } }, required: ["place"] },
};

async function serve(script: ModelScript): Promise<ModelServer> {
  const server = await startModelServer(script);
  onTestFinished(() => server.dispose());
  return server;
}

async function setUp(
  script: ModelScript,
  options: Partial<ModelServiceOptions> = {},
): Promise<{ server: ModelServer; models: ModelService }> {
  const server = await serve(script);
  const models = createModelService({
    providers: providersAt(server.url),
    redactor: new Redactor(),
    ...options,
  });
  return { server, models };
}

async function ask(models: ModelService, params: GenerateParams, signal = new AbortController().signal) {
  const deltas: string[] = [];
  const result = await models.generate(params, { signal, onDelta: (text) => deltas.push(text) });
  return { result, deltas };
}

const unhandled: unknown[] = [];
const remember = (reason: unknown) => unhandled.push(reason);
process.on("unhandledRejection", remember);
afterEach(() => {
  expect(unhandled.splice(0)).toEqual([]);
});

describe.for(wires)("over the wire %s", (wire) => {
  test("text arrives in pieces and whole, with usage and cost", async () => {
    const { models, server } = await setUp([
      { kind: "answer", text: ["Hel", "lo ", "there"], usage: { input: 1000, output: 100 } },
    ]);
    const { result, deltas } = await ask(
      models,
      paramsFor(wire, { settings: { maxTokens: 50, temperature: 0 } }),
    );
    expect(result).toEqual({
      ok: true,
      value: {
        text: "Hello there",
        toolCalls: [],
        finishReason: "stop",
        usage: { inputTokens: 1000, outputTokens: 100, totalTokens: 1100 },
        cost: 0.0035,
      },
    });
    expect(deltas.join("")).toBe("Hello there");
    expect(deltas.length).toBeGreaterThan(1);
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(server.requests[0]?.headers)).toContain(key);
    expect(JSON.stringify(server.requests[0]?.body)).toContain("Be brief.");
    expect(JSON.stringify(server.requests[0]?.body)).not.toContain(key);
  });

  test("a tool call streamed in pieces comes whole, under the procedure's name for it", async () => {
    const { models, server } = await setUp([
      { kind: "answer", toolCalls: [{ name: "weather_now", arguments: { place: "Ghent" } }] },
    ]);
    const { result } = await ask(
      models,
      paramsFor(wire, { tools: [weather], toolChoice: { tool: "weather.now" } }),
    );
    expect(result).toMatchObject({
      ok: true,
      value: {
        finishReason: "tool-calls",
        toolCalls: [{ tool: "weather.now", arguments: { place: "Ghent" } }],
      },
    });
    const sent = JSON.stringify(server.requests[0]?.body);
    expect(sent).toContain('"place"');
    expect(sent).not.toContain("weather.now");
  });

  test("several tool calls keep their order and their own arguments", async () => {
    const { models } = await setUp([
      {
        kind: "answer",
        text: "Let me see.",
        toolCalls: [
          { name: "weather_now", arguments: { place: "Ghent" } },
          { name: "unheard_of", arguments: {} },
        ],
      },
    ]);
    const { result } = await ask(models, paramsFor(wire, { tools: [weather] }));
    expect(result.ok && result.value.text).toBe("Let me see.");
    expect(result.ok && result.value.toolCalls.map(({ tool, arguments: input }) => [tool, input])).toEqual([
      ["weather.now", { place: "Ghent" }],
      ["unheard_of", {}],
    ]);
  });

  test("the results of tools go back to the model", async () => {
    const { models, server } = await setUp([{ kind: "answer", text: "Sunny." }]);
    const { result } = await ask(
      models,
      paramsFor(wire, {
        tools: [weather],
        messages: [
          { role: "user", text: "Weather?" },
          {
            role: "assistant",
            text: "",
            toolCalls: [{ id: "call-1", tool: "weather.now", arguments: { place: "Ghent" } }],
          },
          { role: "tool", callId: "call-1", tool: "weather.now", result: { sky: "clear" }, failed: false },
          { role: "system", text: "Answer in one word." },
        ],
      }),
    );
    expect(result.ok && result.value.text).toBe("Sunny.");
    const sent = JSON.stringify(server.requests[0]?.body);
    expect(sent).toContain("clear");
    expect(sent).toContain("Answer in one word.");
  });

  test("an output schema reaches the provider, the JSON comes back as text", async () => {
    const { models, server } = await setUp([{ kind: "answer", text: ['{"mood"', ':"good"}'] }]);
    const outputSchema = {
      type: "object",
      properties: { mood: { type: "string" }, why: { type: "string" } },
      required: ["mood"],
    };
    const { result } = await ask(models, paramsFor(wire, { model: "claude-sonnet-4-5", outputSchema }));
    expect(result.ok && result.value.text).toBe('{"mood":"good"}');
    expect(JSON.stringify(server.requests[0]?.body)).toContain('"mood"');
  });

  test("429 with retry-after and 500 are tried again", async () => {
    const soon = { "retry-after-ms": "5" };
    const { models, server } = await setUp([
      {
        kind: "status",
        status: 429,
        headers: { "retry-after": "0" },
        body: { error: { message: "slow down" } },
      },
      { kind: "status", status: 500, headers: soon, body: { error: { message: "oops" } } },
      { kind: "answer", text: "at last" },
    ]);
    const { result } = await ask(models, paramsFor(wire));
    expect(result.ok && result.value.text).toBe("at last");
    expect(server.requests).toHaveLength(3);
  });

  test("the pause before a retry is no stall", async () => {
    const { models } = await setUp(
      [
        { kind: "status", status: 429, headers: { "retry-after-ms": "400" } },
        { kind: "answer", text: "waited" },
      ],
      { stallSeconds: 0.2 },
    );
    const { result } = await ask(models, paramsFor(wire));
    expect(result.ok && result.value.text).toBe("waited");
  });

  test("a connection that is cut before anything was shown is tried again", async () => {
    const { models, server } = await setUp([
      { kind: "answer", ending: "cut" },
      { kind: "answer", text: "second" },
    ]);
    const { result, deltas } = await ask(models, paramsFor(wire));
    expect(result.ok && result.value.text).toBe("second");
    expect(deltas).toEqual(["second"]);
    expect(server.requests).toHaveLength(2);
  });

  const failures = [
    {
      name: "cut after a part was shown",
      reply: { kind: "answer", text: "Hel", ending: "cut" },
      code: "model-failed",
      says: "cut",
    },
    {
      name: "ended without its end",
      reply: { kind: "answer", text: "Hel", ending: "early" },
      code: "model-failed",
      says: "ended",
    },
    { name: "a stream that is no JSON", reply: { kind: "garbage" }, code: "model-failed", says: "" },
    { name: "a web page", reply: { kind: "page" }, code: "model-failed", says: "text/html" },
    {
      name: "an endless answer",
      reply: { kind: "endless", characters: 65_536 },
      code: "model-failed",
      says: "longer",
    },
    {
      name: "arguments that are no JSON",
      reply: { kind: "answer", toolCalls: [{ name: "weather_now", arguments: '{"place": ' }] },
      code: "model-failed",
      says: "weather.now",
    },
    {
      name: "a stall",
      reply: { kind: "answer", text: "Hel", ending: "stall" },
      code: "model-stalled",
      says: "0.3 s",
    },
    { name: "a rejected key", reply: rejection(401), code: "model-key-rejected", says: "KEY" },
    { name: "a forbidden key", reply: rejection(403), code: "model-key-rejected", says: "403" },
    { name: "an unknown model", reply: rejection(404), code: "model-failed", says: "does not know" },
    { name: "a bad request", reply: rejection(400), code: "model-failed", says: "refused" },
    {
      name: "a redirect",
      reply: { kind: "status", status: 307, headers: { location: "http://127.0.0.1:9/v1" } },
      code: "model-failed",
      says: "redirects",
    },
  ] as const;

  test.for(failures)("$name is one clear failure", async ({ reply, code, says }) => {
    const { models } = await setUp([reply], { stallSeconds: 0.3 });
    const { result } = await ask(models, paramsFor(wire, { tools: [weather] }));
    expect(result).toMatchObject({ ok: false, error: { code } });
    const message = result.ok ? "" : result.error.message;
    expect(message).toContain(`${wire} (gpt-4o): `);
    expect(message).toContain(says);
    expect(message).not.toContain(key);
    expect(message.length).toBeLessThan(600);
  });

  test("500 again and again is a failure that names the status", async () => {
    const { models, server } = await setUp([
      { kind: "status", status: 500, headers: { "retry-after-ms": "1" } },
    ]);
    const { result } = await ask(models, paramsFor(wire));
    expect(result).toMatchObject({ ok: false, error: { code: "model-failed" } });
    expect(!result.ok && result.error.message).toContain("HTTP 500");
    expect(server.requests).toHaveLength(3);
  });

  test("the time limit ends a request", async () => {
    const { models } = await setUp([{ kind: "answer", text: "Hel", ending: "stall" }]);
    const { result } = await ask(models, paramsFor(wire, { settings: { timeoutSeconds: 0.2 } }));
    expect(result).toMatchObject({ ok: false, error: { code: "model-timeout" } });
  });

  test("cancelling ends a request at once", async () => {
    const { models } = await setUp([{ kind: "answer", text: "Hel", ending: "stall" }]);
    const controller = new AbortController();
    const context = { signal: controller.signal, onDelta: () => controller.abort() };
    expect(await models.generate(paramsFor(wire), context)).toMatchObject({
      ok: false,
      error: { code: "cancelled" },
    });
  });
});

function rejection(status: number) {
  const message = `Incorrect key provided: ${key}. ${"You can find yours in the console. ".repeat(40)}`;
  return { kind: "status", status, body: { type: "error", error: { type: "invalid", message } } } as const;
}

describe("searches of the web", () => {
  const webSearch = { allowedDomains: ["example.org"], blockedDomains: [] };
  const page = { url: "https://example.org/tea", title: "Tea" };

  test("the provider is offered its own search, and what it found comes back", async () => {
    const { models, server } = await setUp([{ kind: "answer", text: "found", pages: [page, page] }]);
    const { result } = await ask(models, paramsFor("responses", { webSearch }));
    expect(result).toMatchObject({ ok: true, value: { text: "found", toolCalls: [], sources: [page] } });
    expect(server.requests[0]?.body["tools"]).toEqual([
      { type: "web_search", filters: { allowed_domains: ["example.org"] } },
    ]);
  });

  test("another wire sends its own form", async () => {
    const { models, server } = await setUp([{ kind: "answer", text: "found" }]);
    const blocked = { allowedDomains: [], blockedDomains: ["x.org"] };
    await ask(models, paramsFor("messages", { webSearch: blocked }));
    expect(server.requests[0]?.body["tools"]).toMatchObject([
      { name: "web_search", blocked_domains: ["x.org"] },
    ]);
  });

  test("a provider without one is refused, and nothing is sent", async () => {
    const { models, server } = await setUp([]);
    const { result } = await ask(models, paramsFor("chat", { webSearch }));
    expect(result).toMatchObject({ ok: false, error: { code: "web-search-unavailable" } });
    expect(server.requests).toEqual([]);
  });
});

test("a provider that nobody knows is refused with those that are known", async () => {
  const { models } = await setUp([{ kind: "answer" }]);
  const { result } = await ask(models, paramsFor("opnai"));
  expect(result).toMatchObject({ ok: false, error: { code: "model-provider-unknown" } });
  expect(!result.ok && result.error.message).toContain("chat, messages, responses");
});

test.for(wires)("a missing key is named before anything is sent (%s)", async (wire) => {
  const server = await serve([{ kind: "answer" }]);
  const models = createModelService({
    providers: providersAt(server.url, { OTHER: key }),
    redactor: new Redactor(),
  });
  const { result } = await ask(models, paramsFor(wire));
  expect(result).toMatchObject({ ok: false, error: { code: "model-key-missing" } });
  expect(!result.ok && result.error.message).toContain("Set the environment variable KEY");
  expect(server.requests).toHaveLength(0);
});

test("an endpoint without a server is reported without waiting for retries", async () => {
  const server = await startModelServer([]);
  await server.dispose();
  const models = createModelService({ providers: providersAt(server.url), redactor: new Redactor() });
  const started = performance.now();
  const { result } = await ask(models, paramsFor("chat"));
  expect(!result.ok && result.error.message).toContain("ECONNREFUSED");
  expect(performance.now() - started).toBeLessThan(1500);
});

test("a record without key names takes no key from the environment", async () => {
  const server = await serve([{ kind: "answer", text: "free" }]);
  process.env["OPENAI_API_KEY"] = key;
  onTestFinished(() => void delete process.env["OPENAI_API_KEY"]);
  const foreign: ProviderSettings = {
    kind: "openai",
    baseUrl: `${server.url}/v1`,
    keyNames: [],
    secrets: secretsFrom({}),
  };
  const models = createModelService({ providers: { foreign }, redactor: new Redactor() });
  const { result } = await ask(models, paramsFor("foreign"));
  expect(result.ok && result.value.text).toBe("free");
  expect(JSON.stringify(server.requests)).not.toContain(key);
});

test("streaming switched off gives the text only at the end", async () => {
  const { models } = await setUp([{ kind: "answer", text: ["a", "b"] }]);
  const { result, deltas } = await ask(models, paramsFor("chat", { settings: { streaming: false } }));
  expect(result.ok && result.value.text).toBe("ab");
  expect(deltas).toEqual([]);
});

test("the key is known to the redactor before it is used", async () => {
  const redactor = new Redactor();
  const { models } = await setUp([{ kind: "answer", text: "x" }], { redactor });
  await ask(models, paramsFor("chat"));
  expect(redactor.text(`the key is ${key}`)).toBe("the key is [redacted]");
});

test("a key in a header of the config is known to the redactor", () => {
  const redactor = new Redactor();
  const headers = {
    "X-Api-Key": key,
    Authorization: "Bearer another-secret-0042",
    Accept: "application/json",
  };
  const gateway: ProviderSettings = {
    kind: "openai-compatible",
    keyNames: [],
    secrets: secretsFrom({}),
    headers,
  };
  createModelService({ providers: { gateway }, redactor });
  expect(redactor.text(`${key} another-secret-0042 application/json`)).toBe(
    "[redacted] [redacted] application/json",
  );
});

test("prices of the config win", async () => {
  const server = await serve([{ kind: "answer", text: "x", usage: { input: 1_000_000, output: 0 } }]);
  const providers = Object.fromEntries(
    Object.entries(providersAt(server.url)).map(([name, record]) => [
      name,
      { ...record, prices: { "gpt-4o": { input: 7, output: 0 } } },
    ]),
  );
  const models = createModelService({ providers, redactor: new Redactor() });
  const { result } = await ask(models, paramsFor("chat"));
  expect(result.ok && result.value.cost).toBe(7);
});
