import type { Json, JsonObject } from "#common/json.ts";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/usage.ts";
import type { GenerateAnswer, GenerateParams } from "#protocol/wire/requests.ts";
import { MockBook } from "../mocks/mock-book.ts";
import { RequestRefused, type RuntimePorts } from "../ports.ts";
import { RunRecorder } from "../recording/run-recorder.ts";
import type { Decoded } from "../schema/decoded.ts";
import { parseFieldSchemas } from "../schema/field-schema.ts";
import { toJsonSchema } from "../schema/json-schema.ts";
import { type OfferedTool, ToolFailure, type ToolSource } from "../tools/offered-tool.ts";
import { Agent } from "./agent.ts";
import type { TurnResult } from "./agent-definition.ts";
import type { AgentEnvironment } from "./agent-environment.ts";
import { AgentFailure } from "./agent-failure.ts";
import { parseAgent } from "./parse-agent.ts";
import { parseTurnCall } from "./parse-turn-call.ts";

/** One answer of the scripted model: text, tool calls, or a refusal of the broker. */
export interface ScriptedAnswer {
  readonly text?: string;
  readonly calls?: readonly (readonly [tool: string, args?: Json])[];
  readonly usage?: GenerateAnswer["usage"];
  readonly cost?: number;
  readonly refusal?: readonly [code: string, message: string];
}

export interface ScriptedRunOptions {
  readonly answers?: readonly ScriptedAnswer[];
  readonly tools?: readonly OfferedTool[];
  readonly toolsets?: Readonly<Record<string, readonly OfferedTool[]>>;
  readonly mocks?: Decoded;
  readonly mock?: boolean;
  readonly state?: JsonObject;
  readonly runInput?: JsonObject;
}

/** A run for tests of agents: the model answers from a script, everything else is the real thing. */
export class ScriptedRun {
  readonly requests: GenerateParams[] = [];
  readonly events: SandboxedEvent[] = [];
  readonly sleeps: number[] = [];
  readonly environment: AgentEnvironment;
  readonly #answers: ScriptedAnswer[];

  constructor(options: ScriptedRunOptions = {}) {
    this.#answers = [...(options.answers ?? [])];
    const ports = this.#ports();
    const mocks = new MockBook();
    if (options.mocks !== undefined) mocks.add(options.mocks);
    this.environment = {
      ports,
      recorder: new RunRecorder(ports),
      mocks,
      tools: sourceOf(options.tools ?? [], options.toolsets ?? {}),
      mock: options.mock ?? false,
      state: () => options.state ?? {},
      runInput: () => options.runInput ?? {},
      random: () => 0.5,
    };
  }

  agent(table: { readonly [field: string]: Decoded }): Agent {
    const complete = { provider: "openai", model: "m", system_prompt: "Help.", ...table };
    const definition = parseAgent("clerk", complete, {});
    if (!definition.ok) throw new AgentFailure("declaration-invalid", definition.error.join("\n"));
    return new Agent(definition.value, this.environment);
  }

  call(agent: Agent, argument?: Decoded): TurnResult {
    const call = parseTurnCall(agent.name, argument);
    if (!call.ok) throw new AgentFailure("input-invalid", call.error.join("\n"));
    return agent.turn(call.value);
  }

  /** The events of one type. */
  eventsOf<Type extends SandboxedEvent["type"]>(type: Type): Array<Extract<SandboxedEvent, { type: Type }>> {
    return this.events.filter(
      (event): event is Extract<SandboxedEvent, { type: Type }> => event.type === type,
    );
  }

  #ports(): RuntimePorts {
    let now = 0;
    const generate = (params: GenerateParams) => this.#generate(params);
    const request: RuntimePorts["request"] = (method, params) => {
      if (method !== "model.generate") throw new RequestRefused("protocol-error", `unscripted ${method}`);
      return generate(params as never) as never;
    };
    return {
      emit: (event) => this.events.push(event),
      request,
      convert: () => {
        throw new RequestRefused("protocol-error", "unscripted conversion");
      },
      sleep: (seconds) => this.sleeps.push(seconds),
      now: () => now++,
    };
  }

  #generate(params: GenerateParams): GenerateAnswer {
    this.requests.push(structuredClone(params));
    const answer = this.#answers.shift();
    if (!answer) throw new RequestRefused("protocol-error", "the script has no further answer");
    if (answer.refusal) throw new RequestRefused(...answer.refusal);
    return {
      text: answer.text ?? "",
      toolCalls: (answer.calls ?? []).map(([tool, args], index) => ({
        id: `call_${this.requests.length}_${index + 1}`,
        tool,
        arguments: args ?? {},
      })),
      finishReason: "stop",
      usage: answer.usage ?? noUsage,
      ...(answer.cost === undefined ? {} : { cost: answer.cost }),
    };
  }
}

/** A tool that gives what `body` gives; an Error it returns becomes a failure. */
export function scriptedTool(
  name: string,
  input: Decoded,
  body: (args: JsonObject) => Json | Error,
): OfferedTool {
  const fields = parseFieldSchemas(input, { what: "input", requiredUnlessSaid: true });
  if (!fields.ok) throw new Error(fields.error.join("\n"));
  return {
    name,
    description: name,
    parameters: toJsonSchema(fields.value),
    input: fields.value,
    zone: "lua",
    invoke: (args) => {
      const value = body(args);
      if (value instanceof Error) throw new ToolFailure("tool-failed", value.message);
      return { value };
    },
  };
}

function sourceOf(
  tools: readonly OfferedTool[],
  toolsets: Readonly<Record<string, readonly OfferedTool[]>>,
): ToolSource {
  return {
    find: (name) =>
      toolsets[name] ??
      (tools.some((tool) => tool.name === name) ? tools.filter((tool) => tool.name === name) : undefined),
    defaults: () => tools,
    names: () => [...tools.map((tool) => tool.name), ...Object.keys(toolsets)],
    revision: () => 0,
  };
}
