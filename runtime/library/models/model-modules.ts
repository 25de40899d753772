import { type LibraryModule, luaModule } from "../library-module.ts";

const llm = `
local count = 0

local function LLMModel(config)
  if not config.prompt then error("LLMModel requires 'prompt'", 0) end
  count = count + 1
  return Model((config.name or "llm_model") .. "_" .. count, {
    type = "llm",
    mocked_as = config.name,
    provider = config.provider or (config.model and config.model:match("^([^/]+)/.")),
    model = config.model,
    system_prompt = config.system_prompt or config.prompt,
    temperature = config.temperature,
    max_tokens = config.max_tokens,
    reasoning_effort = config.reasoning_effort,
    verbosity = config.verbosity,
    input = { text = "string" },
    output = { response = "string" },
  })
end

return { LLMModel = LLMModel }
`;

const naiveBayes = `
local function NaiveBayesModel(config)
  if not config.name then error("NaiveBayesModel requires 'name'", 0) end
  return Model(config.name, {
    type = "registry",
    name = config.name,
    version = config.version or "latest",
    input = { text = "string" },
    output = { label = "string", confidence = "float" },
  })
end

return { NaiveBayesModel = NaiveBayesModel }
`;

const sequenceClassifier = `
local function HFSequenceClassifierModel(config)
  if not config.model then error("HFSequenceClassifierModel requires 'model'", 0) end
  return Model(config.name or "hf_sequence_classifier", {
    type = "hf_sequence_classifier",
    model = config.model,
    revision = config.revision,
    device = config.device,
    input = { text = "string" },
    output = { label = "string", confidence = "float" },
  })
end

return { HFSequenceClassifierModel = HFSequenceClassifierModel }
`;

const all = `
return {
  LLMModel = require("tactus.models.llm").LLMModel,
  NaiveBayesModel = require("tactus.models.naive_bayes").NaiveBayesModel,
  HFSequenceClassifierModel = require("tactus.models.hf_sequence_classifier").HFSequenceClassifierModel,
}
`;

/** Models by kind (language.md part B §4.5). */
export const modelModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.models": luaModule("models", all),
  "tactus.models.llm": luaModule("models/llm", llm),
  "tactus.models.naive_bayes": luaModule("models/naive_bayes", naiveBayes),
  "tactus.models.hf_sequence_classifier": luaModule("models/hf_sequence_classifier", sequenceClassifier),
};
