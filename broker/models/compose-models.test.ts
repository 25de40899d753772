import { expect, test } from "vitest";
import { ok } from "#common/result.ts";
import type { GenerateParams } from "#protocol/wire/requests.ts";
import type { ModelService } from "../services.ts";
import { composeModels } from "./compose-models.ts";

const saying = (text: string): ModelService => ({
  generate: async () =>
    ok({
      text,
      toolCalls: [],
      finishReason: "stop",
      usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    }),
});

const models = composeModels([
  { providers: ["vscode", "copilot"], service: saying("editor") },
  { providers: ["openai", "vscode"], service: saying("keys") },
]);

function ask(provider: string) {
  const params: GenerateParams = {
    turn: 1,
    agent: "a",
    provider,
    model: "m",
    messages: [],
    tools: [],
    settings: {},
  };
  return models.generate(params, { signal: new AbortController().signal, onDelta: () => undefined });
}

test.for([
  ["vscode", "editor"],
  ["copilot", "editor"],
  ["openai", "keys"],
])("provider %s is served by %s", async ([provider, text]) => {
  expect(await ask(provider ?? "")).toMatchObject({ ok: true, value: { text } });
});

test("another provider is refused with the known ones", async () => {
  const result = await ask("mistral");
  expect(result).toMatchObject({ ok: false, error: { code: "model-provider-unknown" } });
  expect(!result.ok && result.error.message).toContain("copilot, openai, vscode");
});
