import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { type LuaValue, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../../declarations/run-context.ts";
import type { Arguments } from "../../vm/arguments.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";
import { type LibraryModule, luaModule } from "../library-module.ts";
import { clockTime, findQuote, type QuoteSearch, quoteAt } from "./quotes.ts";
import { type Segment, Transcript, type TranscriptSource } from "./transcript.ts";

/** The flow with a model is written in Lua, over the module that marks texts. */
const source = `
local native = ...
local deepgram = {
  text = native.text,
  segments = native.segments,
  words_text = native.words_text,
  sentences_text = native.sentences_text,
  paragraphs_text = native.paragraphs_text,
  utterances_text = native.utterances_text,
}

function deepgram.quote(data, request)
  request = request or {}
  if type(request.quote) ~= "string" then error("deepgram.quote needs a quote", 0) end
  if request.method ~= "llm" then return native.find_quote(data, request) end
  local marked = require("tactus.biblicus.text").extract({
    text = native.words_text(data, { include_speakers = false }),
    client = request.client,
    prompt_template = "Mark the one place that says: " .. request.quote,
    mock_marked_up_text = request.mock_marked_up_text,
  })
  local span = marked.spans[1]
  return span and native.quote_at(data, span.text)
end

--- Puts times behind the quotes of a text; a quote that nobody said is an error.
function deepgram.enrich_timestamps(text, data, options)
  if data == nil then return text end
  options = options or {}
  local least = options.min_quote_length or 5
  return (text:gsub('"([^"]+)"', function(quote)
    if utf8.len(quote) < least then return nil end
    local found = deepgram.quote(data, {
      quote = quote,
      method = options.method or "fuzzy",
      threshold = options.threshold or 0.7,
      client = options.client,
    })
    if not found then error("This is not said in the transcript: " .. quote, 0) end
    return ('"%s" [%s-%s]'):format(quote, native.clock_time(found.start), native.clock_time(found["end"]))
  end))
end

return deepgram
`;

/** Transcripts of Deepgram (language.md part B §4.8). */
export const transcriptModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.deepgram": luaModule("deepgram", source, nativeParts),
};

function nativeParts(context: RunContext): Readonly<Record<string, LuaValue>> {
  const { vm } = context;
  const native = (name: string, work: (data: Json, options: JsonObject) => unknown): LuaValue =>
    vm.function(`deepgram.${name}`, (args) => {
      const result = work(dataOf(context, args), optionsOf(context, args));
      return result === undefined ? undefined : asLua(result);
    });
  const reading = (name: string, only?: TranscriptSource): LuaValue =>
    native(name, (data, options) => textOf(data, options, only));
  return {
    text: reading("text"),
    words_text: reading("words_text", "words"),
    sentences_text: reading("sentences_text", "sentences"),
    paragraphs_text: reading("paragraphs_text", "paragraphs"),
    utterances_text: reading("utterances_text", "utterances"),
    segments: native("segments", (data, options) => segmentsOf(data, options).segments),
    find_quote: native("quote", (data, options) =>
      findQuote(transcriptOf(data, options).words(), searchOf(options)),
    ),
    quote_at: vm.function("deepgram.quote", (args) => {
      const quote = quoteAt(transcriptOf(dataOf(context, args), {}).words(), args.text(2));
      return quote && asLua(quote);
    }),
    clock_time: vm.function("deepgram.clock_time", (args) => clockTime(args.number(1))),
  };
}

function asLua(value: unknown): LuaValue {
  return typeof value === "string" ? value : luaJson(JSON.stringify(value));
}

function textOf(data: Json, options: JsonObject, only: TranscriptSource | undefined): string {
  const { segments, kind } = segmentsOf(data, options, only);
  const speakers = options["include_speakers"] !== false;
  const named = speakers && segments.some(({ speaker }) => speaker !== null);
  const separator = options["separator"];
  const preset = kind === "words" && !named ? " " : "\n";
  return segments
    .map(({ speaker, text }) => (named && speaker !== null ? `Speaker ${speaker}: ${text}` : text))
    .join(typeof separator === "string" ? separator : preset);
}

function segmentsOf(
  data: Json,
  options: JsonObject,
  only?: TranscriptSource,
): { readonly segments: readonly Segment[]; readonly kind: TranscriptSource } {
  const transcript = transcriptOf(data, options);
  const kind = only ?? askedSource(options["source"]) ?? transcript.bestSource();
  return { segments: transcript.segments(kind), kind };
}

function askedSource(given: Json | undefined): TranscriptSource | undefined {
  if (given === undefined || given === "auto") return undefined;
  const known = ["utterances", "sentences", "paragraphs", "words"] as const;
  const kind = known.find((name) => name === given);
  if (kind) return kind;
  throw new ProcedureFailure("lua-error", `deepgram: source is one of auto, ${known.join(", ")}.`);
}

function transcriptOf(data: Json, options: JsonObject): Transcript {
  const index = options["channel_index"];
  const merges = (options["channel_mode"] ?? "merge") === "merge" && index === undefined;
  return new Transcript(data, {
    channel: merges ? undefined : typeof index === "number" ? index : 0,
    punctuated: options["punctuated"] !== false,
  });
}

function searchOf(options: JsonObject): QuoteSearch {
  const number = (name: string, preset: number): number => {
    const given = options[name];
    return typeof given === "number" ? given : preset;
  };
  return {
    quote: String(options["quote"] ?? ""),
    threshold: number("threshold", 0.8),
    slop: Math.min(Math.max(0, Math.floor(number("window_slop", 2))), 20),
  };
}

function dataOf({ vm }: RunContext, args: Arguments): Json {
  const table = args.optionalTable(1);
  return table ? vm.encode(table, "The transcript", { maximumBytes: 32 * 1024 * 1024 }).json : {};
}

function optionsOf({ vm }: RunContext, args: Arguments): JsonObject {
  const table = args.optionalTable(2);
  const options = table ? vm.encode(table, "The options", { unsupported: "omit" }).json : {};
  return isJsonObject(options) ? options : {};
}
