import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import { CallbackFailure, type Decoded, DecodedFunction } from "../schema/decoded.ts";
import type { HistoryFilter } from "./agent-definition.ts";
import { messageText, messageToLua } from "./message-form.ts";

const counted = ["last_n", "first_n", "token_budget", "tail_tokens", "head_tokens"] as const;
const names: readonly string[] = [...counted, "by_role", "system_prefix", "compose"];

/** Reads a filter: a function, or what `filters.*` gives, a list of the filter's name and its arguments. */
export function parseHistoryFilter(value: Decoded): Result<HistoryFilter, string> {
  if (value instanceof DecodedFunction) return ok({ kind: "function", filter: value });
  const [name, ...args]: readonly Decoded[] = Array.isArray(value) ? value : [];
  const count = counted.find((kind) => kind === name);
  if (count) {
    return typeof args[0] === "number"
      ? ok({ kind: count, count: args[0] })
      : fail(`${count} needs a number`);
  }
  if (name === "by_role") {
    return typeof args[0] === "string" ? ok({ kind: name, role: args[0] }) : fail("by_role needs a role");
  }
  if (name === "system_prefix") return ok({ kind: name });
  if (name === "compose") return parseComposition(args);
  return fail(`must be a function or one of filters.${names.join(", filters.")}`);
}

function parseComposition(args: readonly Decoded[]): Result<HistoryFilter, string> {
  const filters: HistoryFilter[] = [];
  for (const arg of args) {
    const filter = parseHistoryFilter(arg);
    if (!filter.ok) return filter;
    filters.push(filter.value);
  }
  return ok({ kind: "compose", filters });
}

/**
 * What a filter leaves of a history. A function that fails, or does not give a list, leaves it as it was; `onFailure`
 * is told.
 */
export function applyHistoryFilter(
  filter: HistoryFilter,
  messages: readonly ChatMessage[],
  context: { readonly forFunctions: JsonObject; readonly onFailure: (message: string) => void },
): readonly ChatMessage[] {
  switch (filter.kind) {
    case "last_n":
      return filter.count > 0 ? messages.slice(-filter.count) : [];
    case "first_n":
      return messages.slice(0, Math.max(0, filter.count));
    case "token_budget":
    case "tail_tokens":
      return within(messages.toReversed(), filter.count).toReversed();
    case "head_tokens":
      return within(messages, filter.count);
    case "by_role":
      return messages.filter((message) => message.role === filter.role);
    case "system_prefix":
      return systemPrefix(messages);
    case "compose":
      return filter.filters.reduce((rest, inner) => applyHistoryFilter(inner, rest, context), messages);
    case "function":
      return applyFunction(filter.filter, messages, context);
  }
}

/** Characters of one token, as the original estimates. */
const charactersPerToken = 4;

/** About how many tokens some messages have. */
export function tokensOf(messages: readonly ChatMessage[]): number {
  const characters = messages.reduce((sum, message) => sum + messageText(message).length, 0);
  return Math.floor(characters / charactersPerToken);
}

/** The newest messages: at most so many, within about so many tokens. */
export function latestMessages(
  messages: readonly ChatMessage[],
  { count, tokens }: { readonly count: number | undefined; readonly tokens: number | undefined },
): readonly ChatMessage[] {
  const latest = count === undefined ? messages : count > 0 ? messages.slice(-count) : [];
  return tokens === undefined ? latest : within(latest.toReversed(), tokens).toReversed();
}

function within(messages: readonly ChatMessage[], tokens: number): ChatMessage[] {
  let left = tokens * charactersPerToken;
  const end = messages.findIndex((message) => {
    left -= messageText(message).length;
    return left < 0;
  });
  return messages.slice(0, end === -1 ? messages.length : end);
}

function systemPrefix(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const end = messages.findIndex((message) => message.role !== "system");
  return end === -1 ? messages : messages.slice(0, end);
}

function applyFunction(
  filter: DecodedFunction,
  messages: readonly ChatMessage[],
  context: { readonly forFunctions: JsonObject; readonly onFailure: (message: string) => void },
): readonly ChatMessage[] {
  try {
    const numbered = messages.map((message, index) => ({ id: index + 1, ...messageToLua(message) }));
    const kept = filter.call(numbered, context.forFunctions);
    if (Array.isArray(kept)) return kept.flatMap((item) => chosenMessage(item, messages));
    if (isJsonObject(kept) && Object.keys(kept).length === 0) return [];
    context.onFailure("the history filter did not return a list; the whole history is used");
  } catch (thrown) {
    if (!(thrown instanceof CallbackFailure)) throw thrown;
    context.onFailure(`the history filter failed, the whole history is used: ${thrown.message}`);
  }
  return messages;
}

/** The message an item stands for: by its id, or a new one that the filter made (a summary, say). */
function chosenMessage(item: Json, messages: readonly ChatMessage[]): ChatMessage[] {
  if (!isJsonObject(item)) return [];
  const original = typeof item["id"] === "number" ? messages[item["id"] - 1] : undefined;
  if (original) return [original];
  const text = typeof item["content"] === "string" ? item["content"] : "";
  if (item["role"] === "assistant") return [{ role: "assistant", text, toolCalls: [] }];
  return [{ role: item["role"] === "system" ? "system" : "user", text }];
}
