import type { LuaFunction, LuaTable } from "#lua/engine.ts";
import type { RunContext } from "../../declarations/run-context.ts";
import type { Arguments } from "../../vm/arguments.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";
import { classSource } from "../class-source.ts";
import { type LibraryModule, luaModule } from "../library-module.ts";
import { explanationIn, findClass } from "./find-class.ts";
import { similarity, similarityAlgorithms } from "./similarity.ts";

const base = `${classSource}
local BaseClassifier = class()

function BaseClassifier:init(config)
  self.config = config
end

function BaseClassifier:classify()
  error("a classifier needs its own classify()", 0)
end

function BaseClassifier:__call(text)
  return self:classify(text)
end

return { class = class, BaseClassifier = BaseClassifier }
`;

const llm = `
local native = ...
local base = require("tactus.text.classify.base")
local LLMModel = require("tactus.models.llm").LLMModel
local LLMClassifier = base.class(base.BaseClassifier)

local copied = { "name", "classes", "prompt", "temperature", "max_tokens", "reasoning_effort", "verbosity" }

function LLMClassifier:init(config)
  base.BaseClassifier.init(self, config)
  if not config.classes then error("LLMClassifier requires 'classes' field", 0) end
  if not config.prompt then error("LLMClassifier requires 'prompt' field", 0) end
  for _, key in ipairs(copied) do self[key] = config[key] end
  self.max_retries = config.max_retries or 3
  self.model_id = config.model or "openai/gpt-4o-mini"
  self.confidence_mode = config.confidence_mode or "heuristic"
  self.parse_direction = config.parse_direction or "end"
  self.model = LLMModel {
    name = self.name or "llm_classifier",
    prompt = self.prompt,
    model = self.model_id,
    temperature = self.temperature,
    max_tokens = self.max_tokens,
    reasoning_effort = self.reasoning_effort,
    verbosity = self.verbosity,
  }
end

function LLMClassifier:parse_response(response)
  return native.find_class(tostring(response or ""), self.classes, self.parse_direction)
end

--- What an answer says of a class: the value of a structured answer, else the text of it.
function LLMClassifier:read_answer(output)
  local answer = type(output) == "table" and output or { response = output }
  local given = answer.value or answer.sentiment
  local class = self:parse_response(given or answer.response)
  if not class then return nil end
  local confidence = answer.confidence
  if confidence == nil and self.confidence_mode == "heuristic" then confidence = 0.8 end
  local explanation = answer.explanation
  if explanation == nil and type(answer.response) == "string" then
    explanation = native.explanation(answer.response, class)
  end
  return { value = class, confidence = confidence, explanation = explanation, raw_response = output }
end

function LLMClassifier:classify(text)
  local output
  for attempt = 0, self.max_retries do
    output = self.model({ text = text }).output
    local result = self:read_answer(output)
    if result then
      result.retry_count = attempt
      return result
    end
  end
  return {
    value = "ERROR",
    error = "Invalid classification after retries",
    retry_count = self.max_retries,
    raw_response = output,
  }
end

return { LLMClassifier = LLMClassifier }
`;

const fuzzy = `
local base = require("tactus.text.classify.base")
local alike = require("tactus.text.classify.similarity").calculate_similarity
local FuzzyMatchClassifier = base.class(base.BaseClassifier)

function FuzzyMatchClassifier:init(config)
  base.BaseClassifier.init(self, config)
  if not (config.expected or config.classes) then error("FuzzyMatchClassifier requires 'expected' or 'classes'", 0) end
  self.threshold = config.threshold or 0.8
  self.algorithm = config.algorithm or "ratio"
  self.expected = config.expected
  self.mode = config.expected and "binary" or "multiclass"
  self.classes = config.classes or { "Yes", "No" }
end

local function result(value, confidence, matched)
  return { value = value, confidence = confidence, matched_text = matched, retry_count = 0 }
end

function FuzzyMatchClassifier:classify_binary(text)
  local score = alike(text, self.expected, self.algorithm)
  if score >= self.threshold then return result(self.classes[1], score, self.expected) end
  return result(self.classes[2], 1 - score)
end

function FuzzyMatchClassifier:classify_multiclass(text)
  local best, best_score = nil, 0.0
  for _, class in ipairs(self.classes) do
    local score = alike(text, class, self.algorithm)
    if score > best_score then best, best_score = class, score end
  end
  if best and best_score >= self.threshold then return result(best, best_score, best) end
  return result("NO_MATCH", 1 - best_score)
end

function FuzzyMatchClassifier:classify(text)
  if self.mode == "binary" then return self:classify_binary(text) end
  return self:classify_multiclass(text)
end

return { FuzzyMatchClassifier = FuzzyMatchClassifier }
`;

const naiveBayes = `
local base = require("tactus.text.classify.base")
local NaiveBayesModel = require("tactus.models.naive_bayes").NaiveBayesModel
local NaiveBayesClassifier = base.class(base.BaseClassifier)

function NaiveBayesClassifier:init(config)
  base.BaseClassifier.init(self, config)
  if not config.name then error("NaiveBayesClassifier requires 'name'", 0) end
  self.name = config.name
  self.version = config.version or "latest"
  self.model = NaiveBayesModel { name = self.name, version = self.version }
end

function NaiveBayesClassifier:classify(text)
  local output = self.model({ text = text }).output
  return { value = output.label, confidence = output.confidence, raw_response = output }
end

return { NaiveBayesClassifier = NaiveBayesClassifier }
`;

const all = `
local base = require("tactus.text.classify.base")
local exported = {
  class = base.class,
  BaseClassifier = base.BaseClassifier,
  LLMClassifier = require("tactus.text.classify.llm").LLMClassifier,
  FuzzyMatchClassifier = require("tactus.text.classify.fuzzy").FuzzyMatchClassifier,
  NaiveBayesClassifier = require("tactus.text.classify.naive_bayes").NaiveBayesClassifier,
}
local classes = {
  llm = exported.LLMClassifier,
  fuzzy = exported.FuzzyMatchClassifier,
  naive_bayes = exported.NaiveBayesClassifier,
}

function exported.Classify(config)
  local class = classes[config.method or "llm"]
  if not class then error("Classify: method is one of llm, fuzzy, naive_bayes", 0) end
  local classifier = class:new(config)
  if config.input == nil then return classifier end
  return classifier:classify(config.input)
end

return exported
`;

/** Classifiers (language.md part B §4.2). In Lua, since procedures make classes of their own out of these. */
export const classifyModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.text.classify": luaModule("text/classify", all),
  "tactus.text.classify.base": luaModule("text/classify/base", base),
  "tactus.text.classify.llm": luaModule("text/classify/llm", llm, answerParts),
  "tactus.text.classify.fuzzy": luaModule("text/classify/fuzzy", fuzzy),
  "tactus.text.classify.naive_bayes": luaModule("text/classify/naive_bayes", naiveBayes),
  "tactus.text.classify.similarity": ({ vm }): LuaTable =>
    vm.library("similarity", { calculate_similarity: calculateSimilarity }),
};

function answerParts({ vm }: RunContext): Readonly<Record<string, LuaFunction>> {
  return {
    find_class: vm.function("find_class", (args) =>
      findClass(args.text(1), classNames(args), args.text(3) === "start" ? "start" : "end"),
    ),
    explanation: vm.function("explanation", (args) => explanationIn(args.text(1), args.text(2))),
  };
}

function classNames(args: Arguments): readonly string[] {
  return args
    .table(2)
    .entries()
    .map(([, name]) => String(name));
}

function calculateSimilarity(args: Arguments): number {
  const algorithm = args.optionalText(3) ?? "ratio";
  const score = similarity(args.optionalText(1) ?? "", args.optionalText(2) ?? "", algorithm);
  if (score !== undefined) return score;
  throw new ProcedureFailure(
    "lua-error",
    `Unsupported algorithm: ${algorithm}. Choose from: ${similarityAlgorithms.join(", ")}.`,
  );
}
