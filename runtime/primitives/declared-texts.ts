import { isJsonObject } from "#common/json.ts";
import type { LuaFunction } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { settingNames } from "../declarations/settings.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive } from "../vm/vm.ts";

/** `Mocks {…}`. */
export function mocksDeclaration({ decoder, mocks, vm }: RunContext): LuaFunction {
  return vm.function("Mocks", (args) => {
    const added = mocks.add(decoder.decode(args.table(1), "Mocks"));
    if (!added.ok) throw new ProcedureFailure("declaration-invalid", added.error.join("\n"));
    return undefined;
  });
}

/** `default_model("…")`, `max_turns(…)` and the other settings, by name. */
export function settingDeclarations({ settings, vm }: RunContext): ReadonlyMap<string, LuaFunction> {
  return new Map(
    settingNames.map((name) => [
      name,
      vm.function(name, (args) => {
        settings.set(name, vm.encode(args.value(1), `The setting ${name}`).json);
        return undefined;
      }),
    ]),
  );
}

const hitlTypes: readonly unknown[] = ["approval", "input", "review"];

/** `Hitl("name", {type = …, message = …})`: options for `Human.*` calls with that `config_key`. */
export function hitlDeclaration({ declarations, vm }: RunContext): LuaFunction {
  return vm.function("Hitl", (args) => {
    const name = args.text(1);
    const { json } = vm.encode(args.table(2), `Hitl '${name}'`);
    if (!isJsonObject(json) || !hitlTypes.includes(json["type"]) || typeof json["message"] !== "string") {
      throw new ProcedureFailure(
        "declaration-invalid",
        `Invalid HITL point '${name}': it needs a 'message', and a 'type' that is approval, input or review.`,
      );
    }
    const { type: _type, ...options } = json;
    declarations.humanPoints.set(name, options);
    return undefined;
  });
}

/** `Prompt`: a stored text that a run reads nothing from; accepted in all its forms. */
export function inertDeclarations({ vm }: RunContext): Readonly<Record<string, LuaFunction>> {
  return { Prompt: vm.function("Prompt", () => undefined) };
}

/** `contains(v)`, `equals(v)`, `matches(v)`: a matcher as a list of its name and its argument. */
export function matchers({ vm }: RunContext): Readonly<Record<string, LuaFunction>> {
  return Object.fromEntries(
    ["contains", "equals", "matches"].map((name) => {
      const matcher: Primitive = (args) => {
        const list = vm.engine.createTable();
        list.set(1, name);
        list.set(2, args.value(1));
        return list;
      };
      return [name, vm.function(name, matcher)];
    }),
  );
}
