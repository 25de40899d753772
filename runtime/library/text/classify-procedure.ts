import { Template } from "@huggingface/jinja";
import { errorText } from "#common/error-text.ts";
import { isJsonObject } from "#common/json.ts";
import type { LuaFunction } from "#lua/engine.ts";
import type { RunContext } from "../../declarations/run-context.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";

/** Largest text that a template may make. */
const maximumCharacters = 1_000_000;

const source = `
local native = ...

local function joined(given)
  return type(given) == "table" and table.concat(given, "\\n\\n") or given
end

return function(config)
  local classes, system, user = config.classes, joined(config.system_message), joined(config.user_message)
  local model = config.model or native.default_model()
  if not classes or #classes == 0 then error("ClassifyProcedure requires 'classes'", 0) end
  if not model then error("ClassifyProcedure requires 'model', or a default_model before it", 0) end
  if user and not system then error("ClassifyProcedure: 'user_message' needs 'system_message' beside it", 0) end
  if config.prompt then
    if system then user = user or config.prompt else system = config.prompt end
  end
  if not system or (config.system_message and not user) then
    error("ClassifyProcedure requires 'system_message' + 'user_message', or 'prompt'", 0)
  end

  local text_field = config.input_field or "text"
  local classifier = require("tactus.text.classify").LLMClassifier:new {
    name = config.name or "classify_procedure",
    classes = classes,
    prompt = system,
    model = model,
    temperature = config.temperature,
    max_tokens = config.max_tokens,
    reasoning_effort = config.reasoning_effort,
    verbosity = config.verbosity,
    max_retries = config.max_retries,
  }

  Procedure {
    input = {
      [text_field] = field.string { required = true, description = "Text to classify" },
      metadata = field.object {},
      results = field.array {},
    },
    output = { value = field.string { required = true }, explanation = field.string {} },
    function(input)
      local text = input[text_field]
      if user then
        text = native.render(user, { text = text, metadata = input.metadata, results = input.results })
      end
      local result = classifier:classify(text)
      return { value = result.value or "ERROR", explanation = result.explanation or "" }
    end,
  }
end`;

/** `ClassifyProcedure {…}`: declares a `main` that classifies its input. */
export function classifyProcedure({ settings, vm }: RunContext): LuaFunction {
  const native = vm.table({
    default_model: vm.function("default_model", () => settings.agentDefaults().model),
    render: vm.function("render", (args) => {
      const { json } = vm.encode(args.table(2), "The values of the template");
      return rendered(args.text(1), isJsonObject(json) ? json : {});
    }),
  });
  const [made] = vm.engine.load(source, "=tactus/ClassifyProcedure").call(native);
  if (typeof made !== "object" || made.kind !== "function")
    throw new Error("ClassifyProcedure became no function.");
  return made.retain();
}

/** Fills a Jinja template; the package interprets it, so that a template is never code. */
function rendered(template: string, values: Readonly<Record<string, unknown>>): string {
  let text: string;
  try {
    text = new Template(template).render(values);
  } catch (thrown) {
    throw new ProcedureFailure("lua-error", `The template can't be filled: ${errorText(thrown)}`);
  }
  if (text.length <= maximumCharacters) return text;
  throw new ProcedureFailure("lua-error", `The template makes more than ${maximumCharacters} characters.`);
}
