import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { At } from "#protocol/events/events.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import { RequestRefused, type RuntimePorts } from "../ports.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import { toJsonSchema } from "../schema/json-schema.ts";
import { isCatchable } from "../vm/catchable.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";
import { type DeclaredTool, type ToolBody, zoneOf } from "./declared-tool.ts";
import { type OfferedTool, type ToolAnswer, ToolFailure } from "./offered-tool.ts";
import { runToolCall } from "./run-tool-call.ts";

export interface ToolRunnerOptions {
  readonly vm: Vm;
  readonly ports: RuntimePorts;
  readonly recorder: RunRecorder;
  readonly mocks: MockBook;
}

/** Runs declared tools: for the procedure that calls a handle, and for agents. */
export class ToolRunner {
  readonly #options: ToolRunnerOptions;

  constructor(options: ToolRunnerOptions) {
    this.#options = options;
  }

  /**
   * `handle(arguments)` in a procedure: a Lua tool gets the very table and gives its very value back. Arguments are
   * neither checked nor completed; a mock answers in place of the tool.
   */
  call(tool: DeclaredTool, given: LuaTable | undefined, at: At | undefined): LuaValue {
    const { vm, recorder, mocks } = this.#options;
    const table = given ?? vm.engine.createTable();
    const encoded = vm.encode(table, `The argument of tool '${tool.name()}'`, { unsupported: "omit" });
    let value: LuaValue;
    let ran = false;
    const answer = runToolCall(
      {
        tool: tool.name(),
        zone: zoneOf(tool.body),
        arguments: encoded.json,
        argumentsText: encoded.text,
        by: "procedure",
        ...(at ? { at } : {}),
      },
      { toolCalls: recorder.toolCalls, mocks },
      () => {
        ran = true;
        if (tool.body.kind !== "lua") return this.#answer(tool, asObject(encoded.json), "procedure", at);
        [value] = tool.body.handler.callExact(table);
        return this.#encoded(tool, value);
      },
    );
    return ran && tool.body.kind === "lua" ? value : luaJson(answer.text ?? JSON.stringify(answer.value));
  }

  /** The tool as an agent is offered it, perhaps under another name. */
  offer(tool: DeclaredTool, name: string = tool.name()): OfferedTool {
    return {
      name,
      recordedName: tool.name(),
      description: tool.description,
      parameters: toJsonSchema(tool.input),
      input: tool.input,
      zone: zoneOf(tool.body),
      invoke: (parameters) => this.#answer(tool, parameters, "agent", undefined),
    };
  }

  #answer(
    tool: DeclaredTool,
    parameters: JsonObject,
    by: "agent" | "procedure",
    at: At | undefined,
  ): ToolAnswer {
    const { body } = tool;
    switch (body.kind) {
      case "lua":
        return this.#runLua(tool, body, parameters);
      case "native":
        return { value: body.run(parameters) };
      case "host":
        return { value: callHostTool(this.#options.ports, body.tool, parameters, by, at) };
      case "unavailable":
        throw new ProcedureFailure(
          "declaration-invalid",
          `Tool '${tool.name()}' uses '${body.source}', a source that can be declared but not run yet.`,
        );
    }
  }

  #runLua(tool: DeclaredTool, body: Extract<ToolBody, { kind: "lua" }>, parameters: JsonObject): ToolAnswer {
    try {
      const [value] = body.handler.callExact(luaJson(JSON.stringify(parameters)));
      return this.#encoded(tool, value);
    } catch (thrown) {
      if (!isCatchable(thrown)) throw thrown;
      throw new ToolFailure("tool-failed", thrown.message, { cause: thrown });
    }
  }

  #encoded(tool: DeclaredTool, value: LuaValue): ToolAnswer {
    const { json, text } = this.#options.vm.encode(value, `The result of tool '${tool.name()}'`);
    return { value: json, text };
  }
}

/** One host tool through the broker. Throws ToolFailure with the broker's code and reason. */
export function callHostTool(
  ports: RuntimePorts,
  tool: string,
  parameters: JsonObject,
  by: "agent" | "procedure",
  at: At | undefined,
): Json {
  try {
    return ports.request("host.call", { tool, arguments: parameters, by, ...(at ? { at } : {}) }).result;
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused) || thrown.code === "cancelled") throw thrown;
    throw new ToolFailure(thrown.code, thrown.message, { cause: thrown });
  }
}

function asObject(json: Json): JsonObject {
  return isJsonObject(json) ? json : { arguments: json };
}
