import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import type { GenerateParams } from "#protocol/wire/requests.ts";
import { startModelServer } from "#test/support/model-server.ts";
import { Redactor } from "../secrets/redactor.ts";
import { secretsFrom } from "../secrets/secret-source.ts";
import { knownProviders } from "./known-providers.ts";
import { createModelService } from "./model-service.ts";
import type { ProviderTable } from "./provider-settings.ts";

const canary = "canary-key-3f1b52c09d774e0e8a55";

function ask(providers: ProviderTable, provider: string, settings: GenerateParams["settings"] = {}) {
  const models = createModelService({ providers, redactor: new Redactor() });
  const params: GenerateParams = {
    turn: 1,
    agent: "a",
    provider,
    model: "gpt-5",
    messages: [{ role: "user", text: "hi" }],
    tools: [],
    settings,
  };
  return models.generate(params, { signal: new AbortController().signal, onDelta: () => undefined });
}

async function unknowingServer() {
  const server = await startModelServer([{ kind: "answer", text: "here" }]);
  onTestFinished(() => server.dispose());
  return server;
}

test.for([
  ["openai", "OPENAI_API_KEY"],
  ["anthropic", "ANTHROPIC_API_KEY"],
  ["google", "GEMINI_API_KEY"],
  ["gemini", "GOOGLE_API_KEY"],
  ["bedrock", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
])("without a key %s says to set %s", async ([provider, name]) => {
  const providers = knownProviders({ secrets: secretsFrom({}), environment: { AWS_REGION: "eu-west-1" } });
  const result = await ask(providers, provider ?? "");
  expect(result).toMatchObject({ ok: false, error: { code: "model-key-missing" } });
  expect(!result.ok && result.error.message).toContain(name);
});

test.for([
  ["openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", "/v1"],
  ["anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", ""],
  ["anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "/v1"],
  ["ollama", "NONE", "OLLAMA_BASE_URL", "/v1"],
] as const)(
  "%s takes its key from %s and its endpoint from %s",
  async ([provider, keyName, urlName, path]) => {
    const server = await unknowingServer();
    const providers = knownProviders({
      secrets: secretsFrom({ [keyName]: canary }),
      environment: { [urlName]: `${server.url}${path}` },
    });
    expect(await ask(providers, provider, { reasoningEffort: "low" })).toMatchObject({
      ok: true,
      value: { text: "here" },
    });
    expect(JSON.stringify(server.requests[0]?.headers).includes(canary)).toBe(provider !== "ollama");
    expect(JSON.stringify(server.requests[0]?.body)).toContain('"low"');
  },
);

test("google is asked with its key in the header", async () => {
  const server = await unknowingServer();
  const secrets = secretsFrom({ GOOGLE_API_KEY: canary });
  const google = { kind: "google", baseUrl: server.url, keyNames: ["GOOGLE_API_KEY"], secrets } as const;
  expect(await ask({ google }, "google")).toMatchObject({ ok: false, error: { code: "model-failed" } });
  expect(server.requests[0]?.path).toContain("gpt-5");
  expect(server.requests[0]?.headers["x-goog-api-key"]).toBe(canary);
});

test("bedrock is asked with a signature, never with what lies in the environment", async () => {
  const server = await unknowingServer();
  process.env["AWS_BEARER_TOKEN_BEDROCK"] = canary;
  onTestFinished(() => void delete process.env["AWS_BEARER_TOKEN_BEDROCK"]);
  const secrets = secretsFrom({ AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "another-secret-key" });
  const bedrock = {
    kind: "bedrock",
    baseUrl: server.url,
    keyNames: [],
    secrets,
    region: "eu-west-1",
  } as const;
  expect(await ask({ bedrock }, "bedrock")).toMatchObject({ ok: false, error: { code: "model-failed" } });
  expect(server.requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID/);
  expect(JSON.stringify(server.requests)).not.toMatch(new RegExp(`${canary}|another-secret-key`));
});

test("nothing of a provider is loaded before a model is called", async () => {
  const worker = new Worker(
    `const { registerHooks } = require("node:module");
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const load = (path) => import(new URL(path, ${JSON.stringify(import.meta.url)}).href);
    Promise.all([load("../dispatch/serve-run.ts"), load("./model-service.ts")]).then(([, { createModelService }]) => {
      createModelService({ providers: {} });
      require("node:worker_threads").parentPort.postMessage(loaded);
    });`,
    { eval: true },
  );
  const [loaded]: string[][] = await once(worker, "message");
  await worker.terminate();
  expect(loaded?.some((url) => url.endsWith("/models/model-service.ts"))).toBe(true);
  expect(loaded?.filter((url) => /node_modules\/(ai|@ai-sdk)\//.test(url))).toEqual([]);
});
