import { type LuaValue, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../../declarations/run-context.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";
import { type LibraryModule, luaModule } from "../library-module.ts";
import { slicesOf, spansOf, withoutSlices, withoutSpans } from "./marked-text.ts";

const source = `
local native = ...
local text = {}

--- What each function asks for, and whether it cuts (slices) or marks (spans).
local tasks = {
  extract = "Put <span> before and </span> after each place that is asked for.",
  annotate = 'Put <span name="value"> before and </span> after each place that is asked for, with the attributes that are asked for.',
  redact = "Put <span> before and </span> after each place that should be hidden.",
  link = 'Put <span id="…"> before and </span> after the first mention of each thing, and <span ref="…"> with the same value around its later mentions.',
  slice = "Put <slice/> at each place where the text should be cut.",
}

local function instructions(name, request)
  local lines = {
    "You mark places in a text. Answer with the whole text and nothing else: every character stays as it is, only marks are added.",
    tasks[name],
  }
  if request.allowed_attributes then
    lines[#lines + 1] = "Attributes that may be used: " .. table.concat(request.allowed_attributes, ", ") .. "."
  end
  if request.id_prefix then lines[#lines + 1] = "The values of id and ref begin with " .. request.id_prefix .. "." end
  if request.redaction_types then
    lines[#lines + 1] = 'Each span says what it hides: <span redact="…">, one of ' .. table.concat(request.redaction_types, ", ") .. "."
  end
  lines[#lines + 1] = request.prompt_template or request.prompt
  return table.concat(lines, "\\n\\n")
end

local function result(name, marked, warnings)
  if name == "slice" then
    return { marked_up_text = marked, slices = native.slices(marked), warnings = warnings }
  end
  return { marked_up_text = marked, spans = native.spans(marked), warnings = warnings }
end

local function plain(name, marked)
  if name == "slice" then return native.without_slices(marked) end
  return native.without_spans(marked)
end

local function ask(name, request)
  local client = request.client
  if type(client) ~= "table" or not client.model then
    error("biblicus.text." .. name .. " needs client = {provider = …, model = …}", 0)
  end
  local marker = Agent {
    provider = client.provider,
    model = client.model,
    temperature = client.temperature,
    system_prompt = request.system_prompt or instructions(name, request),
    tools = {},
  }
  local marked
  for attempt = 1, (request.max_rounds or 2) do
    local message = request.text
    if attempt > 1 then
      message = "Your answer changed the text itself. Answer again with this text, character for character, and marks:\\n\\n" .. request.text
    end
    marked = tostring(marker({ message = message }))
    if plain(name, marked) == request.text then return result(name, marked, {}) end
  end
  return result(name, marked, { "The model changed the text while it marked it." })
end

for name in pairs(tasks) do
  text[name] = function(request)
    if type(request) ~= "table" or type(request.text) ~= "string" then
      error("biblicus.text." .. name .. " needs a table with text", 0)
    end
    local mocked, value = native.mock("biblicus.text." .. name, request)
    if mocked then return value end
    if request.mock_marked_up_text then return result(name, request.mock_marked_up_text, {}) end
    if native.is_mock then return result(name, request.text, {}) end
    return ask(name, request)
  end
end

text.strip_span_tags = native.without_spans
text.parse_span_markup = native.spans

local function summary(span)
  return ("Span %d: %s"):format(span.index, span.text)
end

--- One line for each place that is asked for; a single number gives a single line.
function text.summarize_span_context(marked, wanted)
  local spans, lines = native.spans(marked), {}
  if type(wanted) == "number" then return spans[wanted] and summary(spans[wanted]) end
  for _, index in ipairs(wanted or {}) do
    if spans[index] then lines[#lines + 1] = summary(spans[index]) end
  end
  return lines
end

return text
`;

const markup = luaModule("biblicus/text", source, nativeParts);

/** Marking texts up with a model (language.md part B §4.8). Older files know the module by its short name. */
export const markupModules: Readonly<Record<string, LibraryModule>> = {
  "biblicus.text": markup,
  "tactus.biblicus.text": markup,
};

function nativeParts({ mock, mocks, vm }: RunContext): Readonly<Record<string, LuaValue>> {
  const asJson = (value: unknown): LuaValue => luaJson(JSON.stringify(value));
  return {
    is_mock: mock,
    spans: vm.function("parse_span_markup", (args) => asJson(spansOf(args.text(1)))),
    slices: vm.function("slices", (args) => asJson(slicesOf(args.text(1)))),
    without_spans: vm.function("strip_span_tags", (args) => withoutSpans(args.text(1))),
    without_slices: vm.function("strip_slice_tags", (args) => withoutSlices(args.text(1))),
    mock: vm.function("mock", (args) => {
      const request = vm.encode(args.table(2), "The request", { unsupported: "omit" }).json;
      const answer = mocks.toolAnswer(args.text(1), request);
      if (answer?.kind === "error") throw new ProcedureFailure("tool-failed", answer.message);
      return answer ? [true, vm.decode(answer.value)] : [false];
    }),
  };
}
