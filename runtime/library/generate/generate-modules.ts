import { classSource } from "../class-source.ts";
import { type LibraryModule, luaModule } from "../library-module.ts";

const base = `${classSource}
local BaseGenerator = class()

local copied = { "name", "model", "max_tokens", "constraints", "system_prompt", "instructions" }

function BaseGenerator:init(config)
  for _, key in ipairs(copied) do self[key] = config[key] end
  self.config = config
  self.temperature = config.temperature or 0.7
  self.max_retries = config.max_retries or 2
  self.reasoning = config.reasoning or false
  self.output_format = config.output_format or "text"
end

function BaseGenerator:generate()
  error("a generator needs its own generate()", 0)
end

function BaseGenerator:__call(prompt)
  return self:generate(prompt)
end

local rules = {
  json = "Answer with valid JSON only, without a code fence.",
  markdown = "Format the answer as Markdown.",
}

function BaseGenerator:build_system_prompt()
  local parts = { self.system_prompt or "You are a helpful assistant." }
  parts[#parts + 1] = rules[self.output_format]
  parts[#parts + 1] = self.instructions
  if self.constraints then
    local given = self.constraints
    parts[#parts + 1] = "Constraints: " .. (type(given) == "table" and table.concat(given, ", ") or given)
  end
  return table.concat(parts, "\\n\\n")
end

--- Splits an answer that is written as REASONING: … RESPONSE: …
function BaseGenerator:parse_reasoning_response(response)
  local reasoning, answer = response:match("REASONING:%s*(.-)%s*RESPONSE:%s*(.-)%s*$")
  if not self.reasoning or not reasoning then return { response = response } end
  return { response = answer, reasoning = reasoning }
end

return { class = class, BaseGenerator = BaseGenerator }
`;

const llm = `
local base = require("tactus.generate.base")
local LLMGenerator = base.class(base.BaseGenerator)

function LLMGenerator:init(config)
  base.BaseGenerator.init(self, config)
  local agent = {
    system_prompt = self:build_system_prompt(),
    provider = self.model and self.model:match("^([^/]+)/."),
    model = self.model,
    temperature = self.temperature,
    max_tokens = self.max_tokens,
    module = self.reasoning and "ChainOfThought" or "Raw",
    tools = {},
  }
  self.agent = self.name and Agent(self.name, agent) or Agent(agent)
end

function LLMGenerator:validate_response(response)
  local text = tostring(response or ""):match("^%s*(.-)%s*$")
  if text == "" then return false end
  if self.output_format ~= "json" then return true end
  return text:match("^[%[{]") ~= nil and text:match("[%]}]$") ~= nil
end

--- The text of an answer, and how the model got there when it says so.
function LLMGenerator:read_answer(answer)
  local output = answer.output
  if self.reasoning and type(output) == "table" and output.response ~= nil then
    return { response = tostring(output.response), reasoning = output.reasoning }
  end
  return self:parse_reasoning_response(tostring(answer))
end

function LLMGenerator:generate(prompt)
  local last, problem
  for attempt = 0, self.max_retries do
    local made, answer = pcall(self.agent, { message = prompt })
    if made then
      local read = self:read_answer(answer)
      last = read.response
      if self:validate_response(last) then
        return {
          output = last,
          reasoning = read.reasoning,
          format = self.output_format,
          retry_count = attempt,
          raw_response = tostring(answer),
        }
      end
    else
      problem = tostring(answer)
    end
  end
  return {
    output = last or "",
    format = self.output_format,
    error = problem or "Failed to generate valid response after " .. self.max_retries .. " retries",
    retry_count = self.max_retries + 1,
    raw_response = last,
  }
end

return { LLMGenerator = LLMGenerator }
`;

const all = `
local base = require("tactus.generate.base")
return {
  class = base.class,
  BaseGenerator = base.BaseGenerator,
  LLMGenerator = require("tactus.generate.llm").LLMGenerator,
}
`;

/** Generators (language.md part B §4.4). */
export const generateModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.generate": luaModule("generate", all),
  "tactus.generate.base": luaModule("generate/base", base),
  "tactus.generate.llm": luaModule("generate/llm", llm),
};
