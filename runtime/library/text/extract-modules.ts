import { isJsonObject, parseJsonSafely } from "#common/json.ts";
import { type LuaFunction, type LuaValue, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../../declarations/run-context.ts";
import { classSource } from "../class-source.ts";
import { type LibraryModule, luaModule } from "../library-module.ts";

const base = `${classSource}
local BaseExtractor = class()

function BaseExtractor:init(config)
  self.config = config
  self.fields = config.fields or {}
  self.prompt = config.prompt or ""
  self.strict = config.strict ~= false
  self.max_retries = config.max_retries or 3
end

function BaseExtractor:extract()
  error("an extractor needs its own extract()", 0)
end

function BaseExtractor:__call(text)
  return self:extract(text)
end

local words = { ["true"] = true, yes = true, ["1"] = true, ["false"] = false, no = false, ["0"] = false }

local readers = {
  string = function(value) return tostring(value) end,
  number = function(value) return tonumber(value) end,
  integer = function(value)
    local number = tonumber(value)
    return number and math.floor(number)
  end,
  boolean = function(value)
    if type(value) == "boolean" then return value end
    return words[tostring(value):lower()]
  end,
  list = function(value) return type(value) == "table" and value or nil end,
  object = function(value) return type(value) == "table" and value or nil end,
}
readers.array, readers.dict = readers.list, readers.object

--- The value as its type has it; else nil and what is wrong.
function BaseExtractor:validate_field(name, value, type_name)
  if value == nil then return nil end
  local read = readers[tostring(type_name):lower()]
  if not read then return value end
  local result = read(value)
  if result ~= nil then return result end
  return nil, "Field '" .. name .. "' must be of type " .. type_name
end

--- Names in order, so that a prompt is the same in every run.
function BaseExtractor:field_names(fields)
  local names = {}
  for name in pairs(fields or self.fields) do names[#names + 1] = name end
  table.sort(names)
  return names
end

function BaseExtractor:validate_fields(extracted, fields)
  local result, problems = {}, {}
  for _, name in ipairs(self:field_names(fields)) do
    if extracted[name] == nil then
      if self.strict then problems[#problems + 1] = "Missing required field: " .. name end
    else
      local value, problem = self:validate_field(name, extracted[name], fields[name])
      result[name] = value
      problems[#problems + 1] = problem
    end
  end
  return result, problems
end

return { class = class, BaseExtractor = BaseExtractor }
`;

const llm = `
local native = ...
local base = require("tactus.text.extract.base")
local LLMExtractor = base.class(base.BaseExtractor)

function LLMExtractor:init(config)
  base.BaseExtractor.init(self, config)
  if not config.fields then error("LLMExtractor requires 'fields' field", 0) end
  if not config.prompt then error("LLMExtractor requires 'prompt' field", 0) end
  self.name = config.name
  self.model = config.model
  self.temperature = config.temperature or 0.3
  self.system_prompt = self:build_system_prompt()
  local agent = {
    system_prompt = self.system_prompt,
    provider = self.model and self.model:match("^([^/]+)/."),
    model = self.model,
    temperature = self.temperature,
    tools = {},
  }
  self.agent = self.name and Agent(self.name, agent) or Agent(agent)
end

function LLMExtractor:build_system_prompt()
  local lines = {
    "You read facts out of a text. " .. self.prompt,
    "",
    "Answer with one JSON object and nothing else. It has these fields and no others; null where the text does not say:",
  }
  for _, name in ipairs(self:field_names()) do lines[#lines + 1] = "- " .. name .. ": " .. self.fields[name] end
  return table.concat(lines, "\\n")
end

function LLMExtractor:parse_json(response)
  local object, problem = native.find_object(response or "")
  return object, problem and { problem } or {}
end

function LLMExtractor:build_retry_feedback(response, problems)
  local shown = #response > 500 and response:sub(1, 500) .. "…" or response
  return "Your answer could not be used.\\n\\nIt was:\\n" .. shown
    .. "\\n\\nWhat is wrong:\\n- " .. table.concat(problems, "\\n- ")
    .. "\\n\\nAnswer again, with one JSON object of these fields and nothing else: "
    .. table.concat(self:field_names(), ", ")
end

function LLMExtractor:extract(text)
  local message = "Please extract the following information:\\n\\n" .. tostring(text)
  local response, problems
  for attempt = 0, self.max_retries do
    local answer = self.agent({ message = message })
    response = tostring(answer)
    local found
    if type(answer.output) == "table" then found, problems = answer.output, {}
    else found, problems = self:parse_json(response) end
    if #problems == 0 then
      local fields
      fields, problems = self:validate_fields(found, self.fields)
      if #problems == 0 then return { fields = fields, retry_count = attempt, raw_response = response } end
    end
    message = self:build_retry_feedback(response, problems)
  end
  return {
    fields = {},
    error = ("Max retries (%d) exceeded. Validation errors: %s"):format(self.max_retries, table.concat(problems, ", ")),
    validation_errors = problems,
    retry_count = self.max_retries,
    raw_response = response,
  }
end

return { LLMExtractor = LLMExtractor }
`;

const all = `
local base = require("tactus.text.extract.base")
return {
  class = base.class,
  BaseExtractor = base.BaseExtractor,
  LLMExtractor = require("tactus.text.extract.llm").LLMExtractor,
}
`;

/** Extractors (language.md part B §4.3). */
export const extractModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.text.extract": luaModule("text/extract", all),
  "tactus.text.extract.base": luaModule("text/extract/base", base),
  "tactus.text.extract.llm": luaModule("text/extract/llm", llm, jsonParts),
};

function jsonParts({ vm }: RunContext): Readonly<Record<string, LuaFunction>> {
  return { find_object: vm.function("find_object", (args) => findObject(args.text(1))) };
}

/** The JSON object in an answer that may have words around it; else nil and why not. */
function findObject(answer: string): readonly LuaValue[] {
  const start = answer.indexOf("{");
  const end = answer.lastIndexOf("}");
  if (start === -1 || end < start) return [undefined, "No JSON object found in response"];
  const text = answer.slice(start, end + 1);
  try {
    return isJsonObject(parseJsonSafely(text))
      ? [luaJson(text)]
      : [undefined, "No JSON object found in response"];
  } catch (thrown) {
    return [undefined, `Invalid JSON: ${thrown instanceof Error ? thrown.message : "not JSON"}`];
  }
}
