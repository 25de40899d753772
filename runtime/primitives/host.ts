import { isJsonObject } from "#common/json.ts";
import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { callHostTool } from "../tools/host-tool-source.ts";
import { runToolCall } from "../tools/run-tool-call.ts";
import type { Arguments } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** `Host.call(name, arguments?)`: a host tool that the configuration allows. */
export function hostPrimitive(context: RunContext): LuaTable {
  return context.vm.library("Host", { call: (args) => callHost(context, args) });
}

function callHost({ checkpoints, mocks, ports, recorder, vm }: RunContext, args: Arguments): LuaValue {
  const tool = args.text(1);
  if (tool.trim() === "") {
    throw new ProcedureFailure("host-tool-failed", "Host.call requires a non-empty tool name string.");
  }
  const given = args.optionalTable(2);
  const encoded = given ? vm.encode(given, `The argument of Host.call("${tool}")`) : { json: {}, text: "{}" };
  const parameters = encoded.json;
  if (!isJsonObject(parameters)) {
    throw new ProcedureFailure("host-tool-failed", "Host.call takes named arguments, such as {value = 1}.");
  }
  const at = args.at;
  const place = at ? { at } : {};
  const start = { tool, zone: "host", arguments: parameters, argumentsText: encoded.text } as const;
  const answer = checkpoints.run(
    { kind: "host", name: tool, ...place },
    () =>
      runToolCall({ ...start, by: "procedure", ...place }, { recorder, mocks }, (edited) => ({
        value: callHostTool(ports, tool, edited ?? parameters, "procedure", at),
      })),
    ({ text, value }) => ({ text: text ?? JSON.stringify(value), json: value }),
  );
  return luaJson(answer.text ?? JSON.stringify(answer.value));
}
