import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { FieldSchemas, RuntimePorts } from "../../ports.ts";
import { declareTool } from "../../primitives/tool.ts";
import type { ToolCaller } from "../../tools/offered-tool.ts";
import type { LibraryModule } from "../library-module.ts";

/** The tools that most agents are given: each module is a tool. */
export const standardTools: Readonly<Record<string, LibraryModule>> = {
  "tactus.tools.done": (context) =>
    declareTool(context, {
      name: "done",
      description: "Signal that the task is complete.",
      input: doneInput,
      body: { kind: "native", run: done },
    }),
  "tactus.tools.log": (context) =>
    declareTool(context, {
      name: "log",
      description: "Write a message to the log of the run.",
      input: logInput,
      body: { kind: "native", run: (parameters) => log(context.ports, parameters) },
    }),
};

const doneInput: FieldSchemas = {
  reason: { type: "string", required: false, description: "Why the task is complete" },
};

const levels = ["debug", "info", "warn", "error"] as const;

const logInput: FieldSchemas = {
  message: { type: "string", required: true, description: "What to log" },
  level: { type: "string", required: false, default: "info", enum: levels },
  data: { type: "object", required: false, description: "Values that belong to it" },
};

/** To an agent it is a text, as procedures expect of `done.last_result()`; a direct call gives a table. */
function done({ reason: given }: JsonObject, { by }: ToolCaller): Json {
  const reason = typeof given === "string" ? given : "Task completed";
  return by === "agent" ? reason : { status: "completed", reason, tool: "done" };
}

function log(ports: Pick<RuntimePorts, "emit">, { message, level: given, data }: JsonObject): Json {
  const level = levels.find((known) => known === given) ?? "info";
  const text = typeof message === "string" ? message : JSON.stringify(message ?? null);
  ports.emit({ type: "log", level, message: text, ...(isJsonObject(data) ? { data } : {}) });
  return { logged: true, level, message: text };
}
