import { isJsonObject, type JsonObject } from "#common/json.ts";
import type { AgentEnvironment } from "../agents/agent-environment.ts";
import type { AgentDefaults } from "../agents/parse-agent.ts";
import type { MockedAnswer } from "../mocks/mock-book.ts";
import { type Decoded, isDecodedTable } from "../schema/decoded.ts";
import type { Handle } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { ModelDefinition, Prediction } from "./model-definition.ts";
import { parseModel } from "./parse-model.ts";
import { type PredictionCall, Predictor, plain } from "./predictor.ts";
import { shapeProblems, type ValueShape } from "./value-shape.ts";

/** A model as declared. */
export interface DeclaredModel {
  readonly handle: Handle;
  readonly config: Decoded;
  /** Settings in force where it was declared. */
  readonly defaults: AgentDefaults;
}

/** The models of a run. */
export class ModelRegistry {
  readonly #environment: AgentEnvironment;
  readonly #declared: DeclaredModel[] = [];
  readonly #live = new Map<DeclaredModel, Predictor>();
  readonly #calls = new Map<DeclaredModel, number>();
  readonly #definitions = new Map<DeclaredModel, ModelDefinition>();

  constructor(environment: AgentEnvironment) {
    this.#environment = environment;
  }

  add(model: DeclaredModel): void {
    this.#declared.push(model);
  }

  find(name: string): DeclaredModel | undefined {
    return this.#declared.findLast(({ handle }) => handle.name === name);
  }

  /** Checks all models that were declared. Throws ProcedureFailure at the one that is wrong or can't be served. */
  setUp(): void {
    for (const model of this.#declared) this.#check(model);
  }

  /** One prediction, by a mock where there is one. Throws ProcedureFailure, or the failure of the model. */
  predict(model: DeclaredModel, call: PredictionCall): Prediction {
    const { mock } = this.#environment;
    const { name } = model.handle;
    const mocked = this.#mocked(model, call);
    if (mocked?.kind === "error") throw new ProcedureFailure("model-failed", mocked.message);
    const definition = this.#definition(model);
    this.#checkInput(definition, name, call);
    if (mocked) return plain("mock", mocked.value);
    if (mock || !definition) return plain("mock", cannedOutput(name, definition));
    const prediction = this.#predictor(model, definition).predict(call);
    this.#warnOfOutput(definition, prediction);
    return prediction;
  }

  /**
   * By the model's own name, or by the one that a classifier was given (its models are numbered). Mocks of agents are
   * understood too, with the message that older versions sent.
   */
  #mocked(model: DeclaredModel, { input }: PredictionCall): MockedAnswer | undefined {
    const { mocks } = this.#environment;
    const calls = (this.#calls.get(model) ?? 0) + 1;
    this.#calls.set(model, calls);
    const { name } = model.handle;
    const asked = isJsonObject(input) && typeof input["text"] === "string" ? input["text"] : "";
    const messages = [asked, `Please classify the following:\n\n${asked}`];
    for (const known of [name, ...namesForMocks(model)]) {
      const answer = mocks.toolAnswer(known, input);
      if (answer) return answer;
      const response = mocks.modelText(known, calls, messages);
      if (response !== undefined) return { kind: "returns", value: { response } };
    }
    return undefined;
  }

  /** What is declared wrong is an error even where a mock answers; a kind that is not served is none then. */
  #check(model: DeclaredModel): void {
    this.#definition(model);
  }

  #definition(model: DeclaredModel): ModelDefinition | undefined {
    const known = this.#definitions.get(model);
    if (known) return known;
    const { mocks, mock } = this.#environment;
    const { name, at } = model.handle;
    const parsed = parseModel(name, model.config);
    if (!parsed.ok) {
      const stoodIn = parsed.error.code === "model-kind-unavailable" && (mock || mocks.has(name));
      if (stoodIn) return undefined;
      throw new ProcedureFailure(parsed.error.code, parsed.error.message, at);
    }
    this.#definitions.set(model, parsed.value);
    return parsed.value;
  }

  #predictor(model: DeclaredModel, definition: ModelDefinition): Predictor {
    const known = this.#live.get(model);
    if (known) return known;
    const predictor = new Predictor(definition, this.#environment, model.defaults);
    this.#live.set(model, predictor);
    return predictor;
  }

  /** An input that is no table is the field `input`. */
  #checkInput(definition: ModelDefinition | undefined, name: string, { input }: PredictionCall): void {
    if (!definition?.input) return;
    const named = typeof input === "object" ? input : { input };
    const problems = shapeProblems(definition.input, named, "input");
    if (problems.length > 0)
      throw new ProcedureFailure("input-invalid", `Model '${name}': ${problems.join(" ")}`);
  }

  #warnOfOutput({ name, output }: ModelDefinition, prediction: Prediction): void {
    const problems = output ? shapeProblems(output, prediction.output, "output") : [];
    if (problems.length === 0) return;
    const message = `Model '${name}' answered something else than declared: ${problems.join(" ")}`;
    this.#environment.ports.emit({ type: "log", level: "warn", message });
  }
}

/** `mocked_as`: what the library numbers by itself can be mocked by the name that it was given. */
function namesForMocks({ config }: DeclaredModel): readonly string[] {
  const other = isDecodedTable(config) ? config["mocked_as"] : undefined;
  return typeof other === "string" ? [other] : [];
}

/** What a model without a mock answers in a mocked run: the declared output, filled in. */
function cannedOutput(name: string, definition: ModelDefinition | undefined): JsonObject {
  const text = `Mocked response from ${name}`;
  const shapes = Object.entries(
    definition?.output ?? { response: { kind: "type", type: "string" } as const },
  );
  return Object.fromEntries(shapes.map(([field, shape]) => [field, cannedValue(shape, text)]));
}

function cannedValue(shape: ValueShape, text: string): JsonObject[string] {
  if (shape.kind === "fields") return {};
  switch (shape.type) {
    case "integer":
    case "number":
      return 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object":
      return {};
    case "string":
    case "any":
      return text;
  }
}
