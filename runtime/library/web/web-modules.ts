import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { luaJson } from "#lua/engine.ts";
import type { RunContext } from "../../declarations/run-context.ts";
import type { Arguments } from "../../vm/arguments.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";
import type { Primitive } from "../../vm/vm.ts";
import type { LibraryModule } from "../library-module.ts";
import { failed, searchProviders, searchWeb, type WebSearch } from "./web-search.ts";

const presetProvider = "openai";
const presetModel = "gpt-5.4-mini";
const budgets = ["default", "unlimited"];

/** Who can search, and names that are kept for those who can't yet. */
const knownProviders = Object.fromEntries([
  ...searchProviders.map((name) => [name, { status: "available", modes: ["search", "synthesis"] }]),
  ...["gemini", "perplexity"].map((name) => [name, { status: "reserved", modes: [] }]),
]);

/** Searches of the web (language.md part B §4.7): the broker asks the provider, with its key, outside the sandbox. */
export const webModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.web": (context) =>
    context.vm.library("web", {
      providers: () => luaJson(JSON.stringify({ ok: true, providers: knownProviders })),
      search: asking(context, "search"),
      synthesize: asking(context, "synthesis"),
      deep_research_start: notImplemented(context),
      deep_research_status: notImplemented(context),
      deep_research_result: notImplemented(context),
    }),
};

function asking(context: RunContext, mode: WebSearch["mode"]): Primitive {
  return (args) => {
    const given = optionsOf(context, args);
    return luaJson(JSON.stringify(answerOf(context, given, readSearch(given, mode))));
  };
}

/** Mocks are `web.search` and `web.synthesize`; `mock` in the call, or a run with `--mock`, answer without asking. */
function answerOf(context: RunContext, given: JsonObject, search: WebSearch): Json {
  const { mode, query, provider } = search;
  if (query === "") return failed(search, "MISSING_QUERY", "tactus.web needs a query.");
  const mocked = context.mocks.toolAnswer(mode === "search" ? "web.search" : "web.synthesize", given);
  if (mocked?.kind === "error") throw new ProcedureFailure("tool-failed", mocked.message);
  if (mocked) return mocked.value;
  const mock = given["mock"];
  if (isJsonObject(mock)) return mock;
  if (mock === true || (context.mock && mock !== false)) {
    const pages = [mockedPage(search)];
    const found =
      mode === "search" ? { results: pages } : { answer: `Mocked answer to ${query}`, sources: pages };
    return { ok: true, provider, mode, query, ...found, metadata: { mock: true } };
  }
  if (!searchProviders.includes(provider)) {
    const known = searchProviders.join(", ");
    return failed(
      search,
      "UNSUPPORTED_PROVIDER",
      `'${provider}' does not search the web. There are: ${known}.`,
    );
  }
  return searchWeb(context, search);
}

function mockedPage({ query, allowedDomains }: WebSearch): JsonObject {
  const [domain = "example.com"] = allowedDomains;
  return {
    title: `Mocked page about ${query}`,
    url: `https://${domain}/`,
    snippet: "Mocked.",
    date: null,
    last_updated: null,
    rank: 1,
    source_domain: domain,
    evidence_candidate_id: "web-1",
  };
}

function readSearch(given: JsonObject, mode: WebSearch["mode"]): WebSearch {
  const budget = given["return_token_budget"];
  if (budget !== undefined && !budgets.includes(String(budget))) {
    throw new ProcedureFailure("lua-error", `return_token_budget is one of ${budgets.join(", ")}.`);
  }
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  };
  const most = given["max_results"] ?? given["maxResults"];
  return {
    mode,
    query: text("query") ?? "",
    provider: text("provider") ?? presetProvider,
    model: text("model") ?? presetModel,
    allowedDomains: textsOf(given["allowed_domains"] ?? given["domains"]),
    blockedDomains: textsOf(given["blocked_domains"] ?? given["exclude_domains"]),
    reasoningEffort: text("reasoning_effort"),
    maximumResults: typeof most === "number" && most > 0 ? Math.floor(most) : undefined,
  };
}

/** Long searches are not there in the original either. */
function notImplemented(context: RunContext): Primitive {
  return (args) => {
    const given = optionsOf(context, args);
    const provider = typeof given["provider"] === "string" ? given["provider"] : presetProvider;
    const message = "Deep research is not available.";
    const answer = failed({ provider, mode: "search", query: "" }, "NOT_IMPLEMENTED", message);
    return luaJson(JSON.stringify({ ...answer, mode: "deep_research" }));
  };
}

function optionsOf({ vm }: RunContext, args: Arguments): JsonObject {
  const table = args.optionalTable(1);
  const given = table ? vm.encode(table, "The arguments of tactus.web").json : {};
  return isJsonObject(given) ? given : {};
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
