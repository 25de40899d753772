import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type Decoded, DecodedHandle, decodedJson, isDecodedTable } from "../schema/decoded.ts";
import { plainText } from "../schema/plain-text.ts";
import { TableReader } from "../schema/table-reader.ts";
import type { TurnCall } from "./agent-definition.ts";

const overrides: ReadonlySet<string> = new Set([
  "message",
  "tools",
  "temperature",
  "max_tokens",
  "request_timeout",
  "system_prompt",
  "system_prompt_suffix",
]);

/** Reads the argument of a call: nothing, a text, or a table. Failures name the agent and the key. */
export function parseTurnCall(agent: string, argument: Decoded): Result<TurnCall, readonly string[]> {
  if (argument === undefined || argument === null) return ok({ context: {} });
  if (typeof argument === "string") return ok({ message: argument, context: {} });
  if (!isDecodedTable(argument))
    return fail([`Agent '${agent}' takes a text or a table, such as {message = "…"}.`]);
  const reader = new TableReader(argument, `Call of agent '${agent}'`);
  const call: TurnCall = {
    ...optional("message", readMessage(reader)),
    ...optional("tools", readToolNames(reader)),
    ...optional("temperature", reader.number("temperature", 0)),
    ...optional("maxTokens", reader.integer("max_tokens", 1)),
    ...optional("requestTimeout", reader.number("request_timeout", 0)),
    ...optional("systemPrompt", reader.text("system_prompt")),
    ...optional("systemPromptSuffix", reader.text("system_prompt_suffix")),
    context: readContext(reader),
  };
  return reader.failures.length > 0 ? fail(reader.failures) : ok(call);
}

/** `{ name: value }`, or nothing when there is no value. */
function optional<Name extends keyof TurnCall>(
  name: Name,
  value: TurnCall[Name] | undefined,
): Partial<TurnCall> {
  return value === undefined ? {} : { [name]: value };
}

/** An empty message, or `false`, is none. */
function readMessage(reader: TableReader): string | undefined {
  const message = reader.table["message"];
  if (message === undefined || message === null || message === false || message === "") return undefined;
  if (typeof message === "string" || typeof message === "number" || message === true)
    return plainText(message);
  return reader.text("message");
}

function readToolNames(reader: TableReader): readonly string[] | undefined {
  return reader.list("tools")?.flatMap((item) => {
    if (typeof item === "string") return [item];
    if (item instanceof DecodedHandle) return [item.name];
    reader.fail("tools", "must hold names or handles of tools.");
    return [];
  });
}

/** Every other key: template input. Functions and handles have no place in a text and are left out. */
function readContext(reader: TableReader): JsonObject {
  const context: Record<string, Json> = Object.create(null);
  for (const [key, value] of Object.entries(reader.table)) {
    const json = overrides.has(key) ? undefined : decodedJson(value);
    if (json !== undefined) context[key] = json;
  }
  return context;
}
