import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { Arguments } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { type HumanKind, humanKinds, humanRequest } from "./human-request.ts";

/** `Human.*`: asks a person and waits for the answer. Each call but `notify` is a checkpoint. */
export function humanPrimitive(context: RunContext): LuaTable {
  const asking = Object.entries(humanKinds).map(
    ([name, kind]) =>
      [name, (args: Arguments): LuaValue => ask(context, kind, optionsOf(context, args, name))] as const,
  );
  return context.vm.library("Human", {
    ...Object.fromEntries(asking),
    notify: (args) => notify(context, optionsOf(context, args, "notify")),
  });
}

function ask(context: RunContext, kind: HumanKind, given: GivenOptions): LuaValue {
  const { automaticPeople, checkpoints, ports, recorder, vm } = context;
  const request = humanRequest(kind, given.options);
  const { at } = given;
  const value = checkpoints.run(
    { kind: "human", name: kind.kind, ...(at ? { at } : {}) },
    () =>
      automaticPeople
        ? kind.automatic
        : ports.request("human.ask", { ...request, ...(at ? { at } : {}) }).value,
    (answer) => ({ json: answer, text: JSON.stringify(answer) }),
  );
  if (kind.kind === "approval" && value !== true) {
    recorder.observer?.failed("human", { message: `Not approved: ${request.message}` });
  }
  return vm.decode(kind.result(value));
}

interface GivenOptions {
  readonly options: JsonObject;
  readonly at: Arguments["at"];
}

/** The options of a call over those of the `Hitl` point that `config_key` names; a text is the message. */
function optionsOf(context: RunContext, args: Arguments, name: string): GivenOptions {
  const given = args.value(1);
  if (given === undefined || typeof given === "string") {
    return { options: given === undefined ? {} : { message: given }, at: args.at };
  }
  const { json } = context.vm.encode(args.table(1), `The options of Human.${name}`);
  const options: JsonObject = isJsonObject(json) ? json : { items: json };
  return { options: { ...pointOptions(context, options["config_key"]), ...options }, at: args.at };
}

function pointOptions({ declarations }: RunContext, key: Json | undefined): JsonObject {
  if (typeof key !== "string") return {};
  const point = declarations.humanPoints.get(key);
  if (point) return point;
  throw new ProcedureFailure("declaration-invalid", `Human: there is no Hitl("${key}", {…}) in this file.`);
}

function notify({ ports }: RunContext, { options, at }: GivenOptions): undefined {
  const level = options["level"] === "warning" ? "warn" : options["level"] === "error" ? "error" : "info";
  const message = typeof options["message"] === "string" ? options["message"] : "Notification";
  ports.emit({ type: "log", level, message, data: { notification: options }, ...(at ? { at } : {}) });
}
