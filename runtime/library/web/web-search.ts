import { errorText } from "#common/error-text.ts";
import { isJsonObject, type Json, type JsonObject, parseJsonSafely } from "#common/json.ts";
import type { GenerateAnswer } from "#protocol/wire/requests.ts";
import type { RunContext } from "../../declarations/run-context.ts";
import { codeOf } from "../../vm/procedure-failure.ts";

/** Providers whose models search the web for the broker. */
export const searchProviders: readonly string[] = ["openai", "anthropic"];

export interface WebSearch {
  readonly mode: "search" | "synthesis";
  readonly query: string;
  readonly provider: string;
  readonly model: string;
  readonly allowedDomains: readonly string[];
  readonly blockedDomains: readonly string[];
  readonly reasoningEffort: string | undefined;
  readonly maximumResults: number | undefined;
}

const instructions = {
  search:
    'Search the web for what the user looks for. Answer with one JSON object and nothing else: {"results": [{"title": …, "url": …, "snippet": …, "date": …, "last_updated": …}]}, best page first; null where the page does not say.',
  synthesis: "Search the web for what the user asks, and answer from what the pages say, naming them.",
} as const;

/** Asks the provider through the broker, as a turn of the run. A failure is a value, as the module promises. */
export function searchWeb(context: RunContext, search: WebSearch): JsonObject {
  const { mode, query, provider } = search;
  try {
    const answer = ask(context, search);
    const pages = pagesOf(search, answer);
    const found = mode === "search" ? { results: pages } : { answer: answer.text, sources: pages };
    return { ok: true, provider, mode, query, ...found, metadata: { model: search.model } };
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "cancelled" || code === undefined) throw thrown;
    return failed(search, failureCode(code), errorText(thrown));
  }
}

/** The answer of a search that did not work. */
export function failed(
  { provider, mode, query }: Pick<WebSearch, "provider" | "mode" | "query">,
  code: string,
  message: string,
): JsonObject {
  const error = { code, message, retryable: code === "PROVIDER_REQUEST_FAILED" };
  return { ok: false, provider, mode, query, error, metadata: {} };
}

function failureCode(code: string): string {
  if (code === "model-key-missing") return "MISSING_API_KEY";
  if (code === "web-search-unavailable" || code === "model-provider-unknown") return "UNSUPPORTED_PROVIDER";
  return "PROVIDER_REQUEST_FAILED";
}

function ask({ ports, recorder }: RunContext, search: WebSearch): GenerateAnswer {
  const { provider, model, reasoningEffort, allowedDomains, blockedDomains } = search;
  const turn = recorder.nextTurn();
  const described = { turn, agent: "tactus.web", model: `${provider}/${model}`, tools: ["web_search"] };
  const started = ports.now();
  ports.emit({ type: "turn.started", ...described });
  const finish = (
    outcome: Pick<GenerateAnswer, "usage" | "cost">,
    more: { output?: Json; error?: { code: string; message: string } },
  ) =>
    ports.emit({
      type: "turn.finished",
      ...described,
      ...more,
      usage: outcome.usage,
      ...(outcome.cost === undefined ? {} : { cost: outcome.cost }),
      durationMs: Math.max(0, ports.now() - started),
    });
  try {
    const answer = ports.request("model.generate", {
      turn,
      agent: described.agent,
      provider,
      model,
      messages: [
        { role: "system", text: instructions[search.mode] },
        { role: "user", text: search.query },
      ],
      tools: [],
      webSearch: { allowedDomains: [...allowedDomains], blockedDomains: [...blockedDomains] },
      settings: { streaming: false, ...(reasoningEffort === undefined ? {} : { reasoningEffort }) },
    });
    recorder.addUsage(answer.usage, answer.cost);
    finish(answer, { output: answer.text });
    return answer;
  } catch (thrown) {
    const error = { code: codeOf(thrown) ?? "model-failed", message: errorText(thrown) };
    finish({ usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 } }, { error });
    throw thrown;
  }
}

/** What the model lists, else the pages that the provider says it found; only those of allowed sites. */
function pagesOf(search: WebSearch, { text, sources = [] }: GenerateAnswer): readonly JsonObject[] {
  const listed = search.mode === "search" ? listedPages(text) : [];
  const pages = listed.length > 0 ? listed : sources.map(({ title, url }): JsonObject => ({ title, url }));
  return pages
    .flatMap((page) => {
      const url = typeof page["url"] === "string" ? page["url"] : "";
      const domain = URL.canParse(url) ? new URL(url).hostname : undefined;
      return domain !== undefined && isAllowed(domain, search) ? [{ page, url, domain }] : [];
    })
    .slice(0, search.maximumResults)
    .map(({ page, url, domain }, number) => ({
      title: textOf(page["title"]) ?? domain,
      url,
      snippet: textOf(page["snippet"]) ?? "",
      date: textOf(page["date"]) ?? null,
      last_updated: textOf(page["last_updated"]) ?? null,
      rank: number + 1,
      source_domain: domain,
      evidence_candidate_id: `web-${number + 1}`,
    }));
}

function listedPages(text: string): readonly JsonObject[] {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start === -1 || end < start) return [];
  try {
    const parsed = parseJsonSafely(text.slice(start, end + 1));
    const results = isJsonObject(parsed) ? parsed["results"] : undefined;
    return Array.isArray(results) ? results.filter((page) => isJsonObject(page)) : [];
  } catch {
    // The sources are listed instead.
    return [];
  }
}

function isAllowed(domain: string, { allowedDomains, blockedDomains }: WebSearch): boolean {
  const covers = (site: string): boolean => domain === site || domain.endsWith(`.${site}`);
  return !blockedDomains.some(covers) && (allowedDomains.length === 0 || allowedDomains.some(covers));
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
