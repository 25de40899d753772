import { isJsonObject, type Json } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import { Agent } from "../agents/agent.ts";
import type { AgentEnvironment } from "../agents/agent-environment.ts";
import { type AgentDefaults, parseAgent } from "../agents/parse-agent.ts";
import { callHostTool } from "../tools/host-tool-source.ts";
import { ToolFailure } from "../tools/offered-tool.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { answerInstructions } from "./answer-instructions.ts";
import { combinedOutput, drawnArm } from "./combined-model.ts";
import type {
  HttpBackend,
  LanguageModelBackend,
  ModelBackend,
  ModelDefinition,
  NaiveBayesBackend,
  Prediction,
} from "./model-definition.ts";
import { classifyText, type NaiveBayesModel } from "./naive-bayes.ts";
import { loadNaiveBayes } from "./trained-model.ts";

/** What one prediction knows of the call. */
export interface PredictionCall {
  readonly input: Json;
  readonly at?: At | undefined;
}

/** Answers for one declared model; trained models are read once, language models are asked afresh each time. */
export class Predictor {
  readonly #definition: ModelDefinition;
  readonly #environment: AgentEnvironment;
  readonly #defaults: AgentDefaults;
  readonly #trained = new Map<NaiveBayesBackend, NaiveBayesModel>();

  constructor(definition: ModelDefinition, environment: AgentEnvironment, defaults: AgentDefaults) {
    this.#definition = definition;
    this.#environment = environment;
    this.#defaults = defaults;
  }

  /** Throws ProcedureFailure, or the failure of the model. */
  predict(call: PredictionCall): Prediction {
    const { ports } = this.#environment;
    const started = ports.now();
    const prediction = this.#answer(this.#definition.backend, call);
    return { ...prediction, computeMs: Math.max(0, ports.now() - started) };
  }

  #answer(backend: ModelBackend, call: PredictionCall): Prediction {
    switch (backend.kind) {
      case "llm":
        return this.#askLanguageModel(backend, call);
      case "http":
        return this.#askEndpoint(backend, call);
      case "naive_bayes":
        return this.#classify(backend, call);
      case "mock":
        return plain("mock", backend.value);
      case "ensemble": {
        const answers = backend.members.map((member) => this.#answer(member, call));
        const votes = answers.map(({ output }) => output);
        return {
          ...summed("ensemble", combinedOutput(votes, backend.strategy), answers),
          metadata: { votes },
        };
      }
      case "ab_test": {
        const arm = drawnArm(backend, () => this.#environment.random());
        const chosen = backend.arms[arm];
        if (!chosen) throw new Error(`There is no arm ${arm}.`);
        return { ...this.#answer(chosen, call), metadata: { arm_index: arm } };
      }
    }
  }

  /** A fresh agent for each prediction: what was asked before must not change the answer. */
  #askLanguageModel({ fields }: LanguageModelBackend, { input, at }: PredictionCall): Prediction {
    const { name, output } = this.#definition;
    const definition = parseAgent(name, { ...fields, tools: [] }, this.#defaults);
    if (!definition.ok) {
      const text = definition.error.join("\n").replaceAll(`Agent '${name}'`, `Model '${name}'`);
      throw new ProcedureFailure("declaration-invalid", text);
    }
    const message = typeof input === "string" ? input : JSON.stringify(input);
    const suffix = answerInstructions(output);
    const call = { message, context: {}, ...(suffix === undefined ? {} : { systemPromptSuffix: suffix }) };
    const turn = new Agent(definition.value, this.#environment).turn(call, at);
    const fieldsOfAnswer = suffix !== undefined && isJsonObject(turn.output) ? turn.output : {};
    return {
      output: { response: turn.text, ...fieldsOfAnswer },
      backend: "llm",
      version: `${turn.provider}/${turn.model}`,
      tokensIn: turn.usage.inputTokens,
      tokensOut: turn.usage.outputTokens,
      cost: turn.cost ?? 0,
      computeMs: 0,
      metadata: {},
    };
  }

  /** The sandbox has no network: the host tool of the model's name is the address that trusted config allows. */
  #askEndpoint({ endpoint, costPerCall }: HttpBackend, { input, at }: PredictionCall): Prediction {
    const { name } = this.#definition;
    const parameters = isJsonObject(input) ? input : { input };
    try {
      const output = callHostTool(this.#environment.ports, name, parameters, "procedure", at);
      return { ...plain("http", output), cost: costPerCall ?? 0 };
    } catch (thrown) {
      if (!(thrown instanceof ToolFailure)) throw thrown;
      const where = endpoint === undefined ? "its address" : endpoint;
      const advice =
        thrown.code === "tool-denied"
          ? ` A model of type 'http' is reached through the host tool of its name: declare '${name}' with ${where} under host_tools in your own config.`
          : "";
      throw new ProcedureFailure(thrown.code, `Model '${name}': ${thrown.message}${advice}`);
    }
  }

  #classify(backend: NaiveBayesBackend, call: PredictionCall): Prediction {
    const model = this.#trainedModel(backend);
    if (model) return plain("naive_bayes", classifyText(model, textOf(call.input)));
    if (backend.source === "registry" && backend.fallback) return this.#answer(backend.fallback, call);
    const { name } = this.#definition;
    const sought = backend.source === "registry" ? `${backend.directory}/${backend.name}` : name;
    throw new ProcedureFailure(
      "model-missing",
      `Model '${name}': there is no trained model at ${sought} (a folder with <version>.json, or a .json file). docs/models.md says how to export one.`,
    );
  }

  #trainedModel(backend: NaiveBayesBackend): NaiveBayesModel | undefined {
    const known = this.#trained.get(backend);
    if (known) return known;
    const loaded = loadNaiveBayes(`Model '${this.#definition.name}'`, backend, this.#environment.ports);
    if (loaded) this.#trained.set(backend, loaded);
    return loaded;
  }
}

/** An answer that took no tokens. */
export function plain(backend: ModelBackend["kind"], output: Json): Prediction {
  return { output, backend, tokensIn: 0, tokensOut: 0, cost: 0, computeMs: 0, metadata: {} };
}

function summed(backend: ModelBackend["kind"], output: Json, parts: readonly Prediction[]): Prediction {
  const sum = (of: (part: Prediction) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    ...plain(backend, output),
    tokensIn: sum((part) => part.tokensIn),
    tokensOut: sum((part) => part.tokensOut),
    cost: sum((part) => part.cost),
  };
}

/** The text in an input: itself, its field `text`, or its only text. */
function textOf(input: Json): string {
  if (typeof input === "string") return input;
  if (typeof input !== "object" || input === null || Array.isArray(input)) return JSON.stringify(input);
  const values = Object.values(input);
  const text = "text" in input ? input["text"] : values.find((value) => typeof value === "string");
  return typeof text === "string" ? text : values.join(" ");
}
