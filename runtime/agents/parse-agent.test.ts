import { describe, expect, test } from "vitest";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import { agentDeclaration, turnFields } from "#vocabulary/declarations/agent.ts";
import { historyFilters } from "#vocabulary/history-filters.ts";
import { defaultTemperature } from "#vocabulary/model-name.ts";
import { type Decoded, DecodedFunction } from "../schema/decoded.ts";
import { applyHistoryFilter, parseHistoryFilter } from "./history-filter.ts";
import { parseAgent } from "./parse-agent.ts";
import { parseTurnCall } from "./parse-turn-call.ts";

const complete = { provider: "openai", model: "m", system_prompt: "Help." };

function failures(table: Decoded): readonly string[] {
  const parsed = parseAgent("clerk", table, {});
  return parsed.ok ? [] : parsed.error;
}

describe("model and provider", () => {
  test.for<[label: string, table: { [field: string]: Decoded }, provider: string, model: string]>([
    ["both", { provider: "openai", model: "gpt-4o" }, "openai", "gpt-4o"],
    ["with a slash", { model: "openai/gpt-4o" }, "openai", "gpt-4o"],
    ["with a colon", { model: "anthropic:claude" }, "anthropic", "claude"],
    ["repeated", { provider: "openai", model: "openai/gpt-4o" }, "openai", "gpt-4o"],
    ["a provider that resells", { provider: "router", model: "openai/gpt-4o" }, "router", "openai/gpt-4o"],
    ["a prefix over the default", { model: "ollama/llama3:8b" }, "ollama", "llama3:8b"],
    ["the default provider", { model: "gpt-4o" }, "fallback", "gpt-4o"],
    ["an unknown prefix is part of the name", { model: "vendor/x" }, "fallback", "vendor/x"],
    ["the default model", {}, "fallback", "standard"],
    ["a table", { model: { name: "openai/gpt-4o" } }, "openai", "gpt-4o"],
    ["a table without a name", { model: { temperature: 1 } }, "fallback", "standard"],
  ])("%s", ([, table, provider, model]) => {
    const parsed = parseAgent(
      "a",
      { system_prompt: "x", ...table },
      { provider: "fallback", model: "standard" },
    );
    expect(parsed).toMatchObject({ ok: true, value: { provider, model } });
  });

  test("temperature is 0 where a model takes one", () => {
    expect(["gpt-4o", "claude", "gpt-5-mini", "o3"].map(defaultTemperature)).toEqual([
      0,
      0,
      undefined,
      undefined,
    ]);
  });
});

describe("errors name the agent and the field", () => {
  test.for<[table: Decoded, message: string]>([
    [undefined, "Agent 'clerk' needs a table"],
    [{ ...complete, provider: undefined }, "Agent 'clerk' has no provider"],
    [{ ...complete, system_prompt: undefined }, "Agent 'clerk': field 'system_prompt' is required."],
    [{ ...complete, toolsets: [] }, "field 'toolsets' is not supported; use 'tools'"],
    [{ ...complete, session: {} }, "field 'session' is not supported; use 'message_history'"],
    [
      { ...complete, tools: [{ name: "t", handler: new DecodedFunction(() => null) }] },
      "belong in 'inline_tools'",
    ],
    [{ ...complete, tools: [{ include: ["a"] }] }, "Agent 'clerk', tools[1]: field 'name' is required"],
    [{ ...complete, tools: [5] }, "field 'tools' must hold names"],
    [{ ...complete, inline_tools: ["x"] }, "field 'inline_tools' must be a list of tables"],
    [{ ...complete, module: "React" }, "field 'module' must be one of"],
    [{ ...complete, tool_choice: "always" }, "field 'tool_choice' must be one of"],
    [{ ...complete, filter: ["newest", 3] }, "field 'filter' must be a function or one of"],
    [{ ...complete, output: { a: 1 } }, "field 'a' in output of Agent 'clerk' must be a field"],
    [{ ...complete, retry: { backoff: "slow" } }, "Agent 'clerk', 'retry': field 'backoff' must be one of"],
  ])("%#", ([table, message]) => {
    expect(failures(table)).toEqual([expect.stringContaining(message)]);
  });

  test("all problems at once, and unknown fields are left alone", () => {
    expect(failures({ ...complete, temperature: "hot", max_tokens: 0, colour: "red" })).toHaveLength(2);
  });
});

describe("the vocabulary and the runtime agree", () => {
  const plain = new Set(["text", "number", "integer", "boolean", "list", "table", "function"]);
  const checked = agentDeclaration.fields.filter(
    (field) => field.status !== "declared" && !field.removed && field.types.some((type) => plain.has(type)),
  );

  test.for(checked.map((field) => field.name))("a wrong type of '%s' is noticed", (name) => {
    const types = checked.find((field) => field.name === name)?.types ?? [];
    const wrong: Decoded = types.includes("boolean") ? "x" : true;
    expect(failures({ ...complete, [name]: wrong }).join("\n")).toContain(`'${name}'`);
  });

  test.for(agentDeclaration.fields.flatMap((field) => (field.removed ? [field.name] : [])))(
    "'%s' is refused",
    (name) => {
      expect(failures({ ...complete, [name]: [] })[0]).toContain(`'${name}' is not supported`);
    },
  );

  test("keys of a call are overrides, everything else is template input", () => {
    const overrides = Object.fromEntries(turnFields.map((field) => [field.name, undefined]));
    const parsed = parseTurnCall("clerk", {
      ...overrides,
      message: "m",
      tools: [],
      temperature: 1,
      max_tokens: 1,
      request_timeout: 1,
      system_prompt: "s",
      system_prompt_suffix: "t",
      topic: "tea",
    });
    expect(parsed.ok && Object.keys(parsed.value).length).toBe(turnFields.length + 1);
    expect(parsed.ok && parsed.value.context).toEqual({ topic: "tea" });
  });

  test.for(historyFilters.map((filter) => filter.name))("the filter '%s' is known", (name) => {
    const argument = name === "by_role" ? "user" : name === "compose" ? ["system_prefix"] : 1;
    expect(parseHistoryFilter([name, argument]).ok).toBe(true);
  });
});

describe("history filters", () => {
  const messages: readonly ChatMessage[] = [
    { role: "system", text: "ssss" },
    { role: "user", text: "uuuu" },
    { role: "assistant", text: "aaaa", toolCalls: [] },
    { role: "user", text: "vvvv" },
  ];

  test.for<[filter: Decoded, kept: string]>([
    [["last_n", 2], "av"],
    [["last_n", 0], ""],
    [["first_n", 2], "su"],
    [["first_n", -1], ""],
    [["token_budget", 2], "av"],
    [["tail_tokens", 1.5], "v"],
    [["head_tokens", 3], "sua"],
    [["by_role", "user"], "uv"],
    [["system_prefix"], "s"],
    [["compose", ["by_role", "user"], ["last_n", 1]], "v"],
    [new DecodedFunction((list) => (list as { id: number }[]).filter(({ id }) => id > 2)), "av"],
    [new DecodedFunction(() => [{ role: "system", content: "new" }]), "n"],
    [new DecodedFunction(() => ({})), ""],
    [new DecodedFunction(() => "no list"), "suav"],
  ])("%j", ([declared, kept]) => {
    const filter = parseHistoryFilter(declared);
    if (!filter.ok) throw new Error(filter.error);
    const context = { forFunctions: {}, onFailure: () => undefined };
    const left = applyHistoryFilter(filter.value, messages, context);
    expect(left.map((message) => ("text" in message ? message.text[0] : "")).join("")).toBe(kept);
  });
});

describe("the argument of a call", () => {
  test.for<[argument: Decoded, expected: object]>([
    [undefined, { context: {} }],
    ["hi", { message: "hi", context: {} }],
    [{ message: "" }, { context: {} }],
    [{ message: 5 }, { message: "5", context: {} }],
    [[], { context: {} }],
    [{ tools: [] }, { tools: [], context: {} }],
    [{ fn: new DecodedFunction(() => null), list: [1] }, { context: { list: [1] } }],
  ])("%j", ([argument, expected]) => {
    expect(parseTurnCall("clerk", argument)).toEqual({ ok: true, value: expected });
  });

  test.for<[argument: Decoded, message: string]>([
    [5, "takes a text or a table"],
    [{ tools: "lookup" }, "field 'tools' must be a list"],
    [{ tools: [{}] }, "field 'tools' must hold names"],
    [{ temperature: "hot" }, "field 'temperature' must be a number"],
    [{ message: {} }, "field 'message' must be a text"],
  ])("%j is refused", ([argument, message]) => {
    const parsed = parseTurnCall("clerk", argument);
    expect(!parsed.ok && parsed.error.join("\n")).toContain(message);
  });
});
