import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#common/json.ts";
import { RequestRefused } from "../../ports.ts";
import { runSource } from "../../testing/run-source.ts";

const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7 };

function run(
  call: string,
  answer: JsonObject | RequestRefused = {},
  options: { mock?: boolean; mocks?: string } = {},
) {
  const source = `local web = require("tactus.web")\n${options.mocks ?? ""}\nProcedure { function() return web.${call} end }`;
  return runSource(source, {
    mock: options.mock ?? false,
    answers: {
      "model.generate": (): Json => {
        if (answer instanceof RequestRefused) throw answer;
        return { text: "", toolCalls: [], finishReason: "stop", usage, cost: 0.5, ...answer };
      },
    },
  });
}

const listed = JSON.stringify({
  results: [
    { title: "Tea", url: "https://www.example.org/tea", snippet: "Green.", date: "2026-01-01" },
    { title: "Bad", url: "javascript:alert(1)" },
    { url: "https://blocked.org/x" },
    { url: "https://example.org/other" },
  ],
});

describe("search", () => {
  test("pages come in order, with their sites; the domains reach the broker", () => {
    const call =
      'search {query = "tea", domains = {"example.org"}, exclude_domains = {"blocked.org"}, maxResults = 2, reasoning_effort = "low"}';
    const { finished, requests } = run(call, { text: `Here: ${listed}` });
    expect(finished.result).toMatchObject({
      ok: true,
      provider: "openai",
      mode: "search",
      query: "tea",
      results: [
        {
          title: "Tea",
          url: "https://www.example.org/tea",
          snippet: "Green.",
          rank: 1,
          source_domain: "www.example.org",
        },
        { title: "example.org", url: "https://example.org/other", rank: 2, evidence_candidate_id: "web-2" },
      ],
    });
    expect(requests[0]?.params).toMatchObject({
      provider: "openai",
      model: "gpt-5.4-mini",
      webSearch: { allowedDomains: ["example.org"], blockedDomains: ["blocked.org"] },
      settings: { reasoningEffort: "low" },
    });
    expect(finished).toMatchObject({ usage, cost: 0.5 });
  });

  test("without a list the sources of the provider are the results", () => {
    const sources = [{ title: "Tea", url: "https://example.org/tea" }];
    const { finished } = run('search {query = "tea"}', { text: "It is green.", sources });
    expect(finished.result).toMatchObject({ results: [{ title: "Tea", snippet: "" }] });
  });

  test("the search is a turn of the run", () => {
    const { events } = run('search {query = "tea"}', { text: listed });
    expect(events.flatMap((event) => ("agent" in event ? [`${event.type} ${event.agent}`] : []))).toEqual([
      "turn.started tactus.web",
      "turn.finished tactus.web",
    ]);
  });
});

test("synthesis gives the answer and its sources", () => {
  const sources = [{ title: "Tea", url: "https://example.org/tea" }];
  const { finished } = run('synthesize {query = "tea", provider = "anthropic", model = "claude"}', {
    text: "Green.",
    sources,
  });
  expect(finished.result).toMatchObject({
    ok: true,
    mode: "synthesis",
    answer: "Green.",
    sources: [{ rank: 1 }],
  });
});

test.for<[string, RequestRefused | undefined, JsonObject]>([
  ["search {}", undefined, { code: "MISSING_QUERY", retryable: false }],
  [
    'search {query = "x", provider = "gopher"}',
    undefined,
    { code: "UNSUPPORTED_PROVIDER", retryable: false },
  ],
  [
    'search {query = "x"}',
    new RequestRefused("model-key-missing", "no key"),
    { code: "MISSING_API_KEY", retryable: false },
  ],
  [
    'search {query = "x"}',
    new RequestRefused("web-search-unavailable", "none"),
    { code: "UNSUPPORTED_PROVIDER" },
  ],
  [
    'synthesize {query = "x"}',
    new RequestRefused("model-timeout", "slow"),
    { code: "PROVIDER_REQUEST_FAILED", retryable: true },
  ],
  ["deep_research_start {}", undefined, { code: "NOT_IMPLEMENTED" }],
])("%s: a failure is an answer", ([call, refusal, error]) => {
  expect(run(call, refusal).finished.result).toMatchObject({ ok: false, error });
});

describe("without asking anybody", () => {
  test.for<[string, string, { mock?: boolean; mocks?: string }, Json]>([
    [
      "a declared mock",
      'search {query = "x"}',
      { mocks: 'Mocks { ["web.search"] = {returns = {ok = true, results = {1}}} }' },
      { results: [1] },
    ],
    ["a mock in the call", 'search {query = "x", mock = {ok = true, results = {2}}}', {}, { results: [2] }],
    ["a plain mock", 'synthesize {query = "x", mock = true}', {}, { answer: "Mocked answer to x" }],
    [
      "a mocked run",
      'search {query = "x"}',
      { mock: true },
      { ok: true, results: [{ rank: 1, url: "https://example.com/" }] },
    ],
    [
      "providers",
      "providers {}",
      {},
      { ok: true, providers: { openai: { status: "available" }, gemini: { status: "reserved" } } },
    ],
  ])("%s", ([, call, options, result]) => {
    const { finished, requests } = run(call, {}, options);
    expect(finished.result).toMatchObject(result as JsonObject);
    expect(requests).toEqual([]);
  });
});

test("a bad budget raises", () => {
  expect(run('search {query = "x", return_token_budget = "all"}').finished.error?.message).toMatch(
    /return_token_budget/,
  );
});
