import { isJsonObject, type Json, type JsonObject, parseJsonSafely } from "#common/json.ts";
import { exceedsDepth } from "#common/json-depth.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { McpFailure } from "./mcp-failure.ts";

/** Most characters of a result as JSON: it goes into a conversation with a model, and through one message. */
const maximumCharacters = 512 * 1024;
/** A text is cut here, with a notice; a value can't be cut. */
const maximumText = 256 * 1024;
const maximumError = 8 * 1024;
/** Most characters of an image, a sound or a file (base64) that are given on. */
const maximumData = 64 * 1024;
/** Half of what a message may have, since the result becomes part of a conversation. */
const maximumDepth = 32;

/**
 * What `tools/call` gave back, as a value: the structured content where there is one, a lone text as text (or as the
 * value that it spells in JSON), else the list of contents. A result that says it is an error is a failure.
 */
export function toolResult(answer: unknown): Result<Json, McpFailure> {
  if (!isJsonObject(answer)) return failed("The tool gave back no result.");
  const { content, structuredContent, isError } = answer;
  const parts = (Array.isArray(content) ? content : []).map(readPart);
  if (isError === true) return failed(errorOf(parts));
  if (isJsonObject(structuredContent)) return bounded(structuredContent);
  const [only, ...rest] = parts;
  if (only === undefined) return ok(null);
  return bounded(rest.length === 0 ? loneValue(only) : parts);
}

function bounded(value: unknown): Result<Json, McpFailure> {
  if (exceedsDepth(value, maximumDepth)) return tooLarge(`it is nested deeper than ${maximumDepth}`);
  const text = JSON.stringify(value) ?? "null";
  if (text.length > maximumCharacters)
    return tooLarge(`it has ${text.length} characters, more than ${maximumCharacters}`);
  return ok(parseJsonSafely(text));
}

/** Many servers answer with the text of a JSON value: a procedure wants the value. */
function loneValue(part: Json): Json {
  if (!isJsonObject(part) || part["type"] !== "text") return part;
  const text = String(part["text"]);
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseJsonSafely(text);
  } catch {
    // It only looked like JSON.
    return text;
  }
}

function readPart(part: unknown): JsonObject {
  if (!isJsonObject(part)) return { type: "unknown" };
  switch (part["type"]) {
    case "text":
      return { type: "text", text: cut(textOf(part["text"])) };
    case "image":
    case "audio":
      return { type: part["type"], mimeType: textOf(part["mimeType"]), ...dataOf(part["data"]) };
    case "resource":
      return readResource(part["resource"]);
    case "resource_link":
      return { type: "resource_link", ...texts(part, ["uri", "name", "description", "mimeType"]) };
    default:
      return { type: "unknown" };
  }
}

function readResource(resource: unknown): JsonObject {
  if (!isJsonObject(resource)) return { type: "unknown" };
  return {
    type: "resource",
    ...texts(resource, ["uri", "mimeType"]),
    ...(typeof resource["text"] === "string" ? { text: cut(resource["text"]) } : dataOf(resource["blob"])),
  };
}

/** Bytes of an image, a sound or a file; too many are told of and left out. */
function dataOf(data: unknown): JsonObject {
  const text = textOf(data);
  const bytes = Math.floor((text.replace(/=+$/, "").length * 3) / 4);
  return text.length <= maximumData ? { bytes, data: text } : { bytes, omitted: true };
}

function errorOf(parts: readonly JsonObject[]): string {
  const said = parts.flatMap(({ text }) => (typeof text === "string" ? [text] : [])).join("\n");
  return said.trim() === "" ? "The tool failed and does not say why." : said;
}

function cut(text: string, most = maximumText): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n[Cut: the first ${most} of ${text.length} characters.]`;
}

function texts(part: Readonly<Record<string, unknown>>, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (typeof part[name] === "string" ? [[name, cut(textOf(part[name]))]] : [])),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function failed(message: string): Result<never, McpFailure> {
  return fail({ code: "tool-failed", message: cut(message, maximumError) });
}

function tooLarge(reason: string): Result<never, McpFailure> {
  return fail({ code: "answer-too-large", message: `The result of the tool is left out: ${reason}.` });
}
