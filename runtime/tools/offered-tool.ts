import type { Json, JsonObject } from "#common/json.ts";
import type { At, ToolZone } from "#protocol/events/events.ts";
import type { FieldSchemas } from "../ports.ts";

/** A tool as an agent can be offered it: what the model sees, and how to run it. */
export interface OfferedTool {
  /** The name the model uses (a toolset expression may have renamed it). */
  readonly name: string;
  /** The name under which calls are recorded and mocked; default: `name`. */
  readonly recordedName?: string;
  readonly description: string;
  /** JSON Schema of the arguments, for the model. */
  readonly parameters: Json;
  /** Declared input: arguments are checked against it, and defaults filled in, before `invoke`. Absent: not checked here. */
  readonly input?: FieldSchemas;
  readonly zone: ToolZone;
  /** Runs it. Throws ToolFailure for what the model may see; anything else ends the turn (cancel, limits). */
  invoke(parameters: JsonObject, caller: ToolCaller): ToolAnswer;
}

/** The name under which calls of a tool are recorded and mocked. */
export function recordedName(tool: OfferedTool): string {
  return tool.recordedName ?? tool.name;
}

/** Who calls a tool, and where. */
export interface ToolCaller {
  readonly by: "agent" | "procedure";
  readonly at?: At | undefined;
}

/** What a tool gave back; `text` is the same as JSON text, when it is known: keeps `2.0` a float. */
export interface ToolAnswer {
  readonly value: Json;
  readonly text?: string | undefined;
}

/** Where tools and toolsets are found by name. */
export interface ToolSource {
  /** One tool for a tool's name, several for a toolset's, undefined when nothing has the name. */
  find(name: string): readonly OfferedTool[] | undefined;
  /** What an agent without `tools` is offered. */
  defaults(): readonly OfferedTool[];
  /** Names of all tools and toolsets, for messages. */
  names(): readonly string[];
  /** A number that grows when tools from outside changed; looks whether they did. */
  revision(): number;
}

/** A tool failed in a way that is told to the model, or raised in the procedure that called it. */
export class ToolFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ToolFailure";
    this.code = code;
  }
}
