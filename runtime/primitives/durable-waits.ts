import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { type LuaValue, luaJson } from "#lua/engine.ts";
import type { CheckpointValue } from "../checkpoints/checkpoint-recorder.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { Arguments } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive } from "../vm/vm.ts";

/** `Procedure.defer` and `Procedure.await_children`: waits that outlive the process. Each is one checkpoint. */
export function durableWaitFunctions(context: RunContext): Readonly<Record<string, Primitive>> {
  return {
    defer: (args) => defer(context, args),
    await_children: (args) => awaitChildren(context, args),
  };
}

/** ISO 8601 with a zone; without one the time would mean something else on another machine. */
const withZone = /T.*(?:Z|[+-]\d{2}:?\d{2})$/;

/** Before its time the run ends for now; a resumed run comes here again and looks at the clock. */
function defer(context: RunContext, args: Arguments): LuaValue {
  const request = readRequest(context, args, {
    what: "Scheduled continuation request",
    fields: ["key", "reason", "resume_at"],
  });
  const texts = Object.entries(request).map(([name, value]) => [name, requiredText(name, value)] as const);
  const { key = "", reason = "", resume_at: resumeAt = "" } = Object.fromEntries(texts);
  const due = Date.parse(resumeAt);
  if (Number.isNaN(due))
    throw refused(`Scheduled continuation request requires an ISO-8601 resume_at, got '${resumeAt}'.`);
  if (!withZone.test(resumeAt)) throw refused("Scheduled continuation resume_at must include a timezone.");
  return recorded(context, args, `defer ${key}`, () => {
    if (context.ports.now() < due) {
      const until = new Date(due).toISOString();
      context.checkpoints.suspend({ for: "time", until, message: `Waits until ${until}: ${reason}` });
    }
    return { completed: true, key, resume_at: resumeAt, reason };
  });
}

/** The host knows the other runs; it answers when enough of them have ended. */
function awaitChildren(context: RunContext, args: Arguments): LuaValue {
  const what = "External child wait request";
  const request = readRequest(context, args, { what, fields: ["children"], optional: ["mode"] });
  const mode = request["mode"] ?? "all";
  if (mode !== "all" && mode !== "any") throw refused(`${what}: mode is all or any.`);
  const { children } = request;
  if (!Array.isArray(children) || children.length === 0)
    throw refused(`${what} requires a list of children.`);
  const runs = children.map((child: Json) =>
    requiredText("id", isJsonObject(child) ? child["id"] : undefined),
  );
  if (new Set(runs).size < runs.length) throw refused(`${what}: the ids of children are unique.`);
  return recorded(context, args, "await_children", () => {
    const answer = context.ports.request("runs.await", { runs, mode });
    return { children: answer.children.map((child) => ({ ...child })), complete: true };
  });
}

function recorded(context: RunContext, args: Arguments, name: string, action: () => JsonObject): LuaValue {
  const at = args.at;
  const value = context.checkpoints.run<CheckpointValue | undefined>(
    { kind: "step", name, ...(at ? { at } : {}) },
    () => {
      const json = action();
      return { json, text: JSON.stringify(json) };
    },
    (result) => result,
    (result) => result,
  );
  return value && luaJson(value.text);
}

interface RequestForm {
  readonly what: string;
  readonly fields: readonly string[];
  readonly optional?: readonly string[];
}

function readRequest(
  { vm }: RunContext,
  args: Arguments,
  { what, fields, optional = [] }: RequestForm,
): JsonObject {
  const { json } = vm.encode(args.table(1), what);
  if (!isJsonObject(json)) throw refused(`${what} is a table with ${fields.join(", ")}.`);
  const unknown = Object.keys(json).filter((name) => ![...fields, ...optional].includes(name));
  if (unknown.length > 0) throw refused(`${what} has unsupported fields: ${unknown.join(", ")}.`);
  return { ...Object.fromEntries(fields.map((name) => [name, null])), ...json };
}

function requiredText(name: string, value: Json | undefined): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw refused(`The wait requires a nonempty string ${name}.`);
}

function refused(message: string): ProcedureFailure {
  return new ProcedureFailure("lua-error", message);
}
