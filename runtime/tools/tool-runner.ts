import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { At, ToolZone } from "#protocol/events/events.ts";
import type { CheckpointRecorder } from "../checkpoints/checkpoint-recorder.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { RuntimePorts } from "../ports.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import { toJsonSchema } from "../schema/json-schema.ts";
import { isCatchable } from "../vm/catchable.ts";
import type { Vm } from "../vm/vm.ts";
import type { DeclaredTool, ToolBody } from "./declared-tool.ts";
import type { ExternalTools } from "./external-tools.ts";
import { type OfferedTool, type ToolAnswer, type ToolCaller, ToolFailure } from "./offered-tool.ts";
import { runToolCall } from "./run-tool-call.ts";

export interface ToolRunnerOptions {
  readonly vm: Vm;
  readonly ports: RuntimePorts;
  readonly recorder: RunRecorder;
  readonly checkpoints: CheckpointRecorder;
  readonly mocks: MockBook;
  readonly external: ExternalTools;
  /** External tools that are missing can be declared and mocked. */
  readonly mock: boolean;
}

/** Runs declared tools: for the procedure that calls a handle, and for agents. */
export class ToolRunner {
  readonly #options: ToolRunnerOptions;

  constructor(options: ToolRunnerOptions) {
    this.#options = options;
  }

  /**
   * `handle(arguments)` in a procedure: a Lua tool gets the very table and gives its very value back. Arguments are
   * neither checked nor completed; a mock answers in place of the tool. Each call is a checkpoint.
   */
  call(tool: DeclaredTool, given: LuaTable | undefined, at: At | undefined): LuaValue {
    const called = this.#options.checkpoints.run(
      { kind: "tool", name: tool.name(), ...(at ? { at } : {}) },
      () => this.#call(tool, given, at),
      ({ answer }) => ({ text: textOf(answer), json: answer.value }),
    );
    return called.value;
  }

  #call(
    tool: DeclaredTool,
    given: LuaTable | undefined,
    at: At | undefined,
  ): { readonly value: LuaValue; readonly answer: ToolAnswer } {
    const { vm, recorder, mocks } = this.#options;
    const table = given ?? vm.engine.createTable();
    const encoded = vm.encode(table, `The argument of tool '${tool.name()}'`, { unsupported: "omit" });
    let value: LuaValue;
    let ran = false;
    const answer = runToolCall(
      {
        tool: tool.name(),
        zone: this.#zoneOf(tool.body),
        arguments: encoded.json,
        argumentsText: encoded.text,
        by: "procedure",
        ...(at ? { at } : {}),
      },
      { recorder, mocks },
      (edited) => {
        ran = true;
        if (tool.body.kind !== "lua")
          return this.#answer(tool, edited ?? asObject(encoded.json), { by: "procedure", at });
        [value] = tool.body.handler.callExact(edited ? luaJson(JSON.stringify(edited)) : table);
        return this.#encoded(tool, value);
      },
    );
    return { value: ran && tool.body.kind === "lua" ? value : luaJson(textOf(answer)), answer };
  }

  /** The tool as an agent is offered it, perhaps under another name. */
  offer(tool: DeclaredTool, name: string = tool.name()): OfferedTool {
    return {
      name,
      recordedName: tool.name(),
      description: tool.description,
      parameters: toJsonSchema(tool.input),
      input: tool.input,
      zone: this.#zoneOf(tool.body),
      invoke: (parameters, caller) => this.#answer(tool, parameters, caller),
    };
  }

  /** What an agent is offered for a declaration: itself, or the external tools that it stands for. */
  offers(tool: DeclaredTool): readonly OfferedTool[] {
    return tool.body.kind === "external" ? this.#external(tool, tool.body.source) : [this.offer(tool)];
  }

  /** A declaration of one external tool gives it its own name; one of a group leaves the names. */
  #external(tool: DeclaredTool, source: string): readonly OfferedTool[] {
    const { external, mock } = this.#options;
    const found = external.find(source);
    if (!found && mock) return [this.offer(tool)];
    if (!found) throw external.missing(`Tool '${tool.name()}'`, source);
    if (found.kind === "group") return found.tools;
    const declaresInput = Object.keys(tool.input).length > 0;
    return [
      {
        ...found.tool,
        name: tool.name(),
        recordedName: tool.name(),
        description: tool.description || found.tool.description,
        ...(declaresInput ? { parameters: toJsonSchema(tool.input), input: tool.input } : {}),
      },
    ];
  }

  #zoneOf(body: ToolBody): ToolZone {
    return body.kind === "external" ? (this.#options.external.zoneOf(body.source) ?? "plugin") : "lua";
  }

  #answer(tool: DeclaredTool, parameters: JsonObject, caller: ToolCaller): ToolAnswer {
    const { body } = tool;
    switch (body.kind) {
      case "lua":
        return this.#runLua(tool, body, parameters);
      case "native":
        return { value: body.run(parameters, caller) };
      case "external":
        return this.#single(tool, body.source).invoke(parameters, caller);
    }
  }

  #single(tool: DeclaredTool, source: string): OfferedTool {
    const { external } = this.#options;
    const found = external.find(source);
    if (!found) throw external.missing(`Tool '${tool.name()}'`, source);
    if (found.kind === "tool") return found.tool;
    const names = found.tools.map(({ name }) => name).join(", ") || "none";
    throw new ToolFailure(
      "tool-missing",
      `Tool '${tool.name()}' stands for all tools of '${source}' (${names}); to call one, declare it with use = "${source}.<tool>".`,
    );
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

function textOf({ text, value }: ToolAnswer): string {
  return text ?? JSON.stringify(value);
}

function asObject(json: Json): JsonObject {
  return isJsonObject(json) ? json : { arguments: json };
}
