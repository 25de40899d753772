import { errorText } from "#common/error-text.ts";
import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import { type Arguments, isFunction } from "../vm/arguments.ts";
import { isCatchable } from "../vm/catchable.ts";
import { codeOf, ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

/** `Sleep(seconds)`. */
export function sleepPrimitive(vm: Vm, ports: Pick<RuntimePorts, "sleep">): LuaFunction {
  return vm.function("Sleep", (args) => {
    ports.sleep(Math.max(0, args.number(1)));
    return undefined;
  });
}

interface Backoff {
  readonly attempts: number;
  readonly initialDelay: number;
  readonly maximumDelay: number;
  readonly factor: number;
  readonly onError: LuaFunction | undefined;
}

/** `Retry.with_backoff(function, options?)`. */
export function retryPrimitive(vm: Vm, ports: Pick<RuntimePorts, "emit" | "sleep">): LuaTable {
  return vm.library("Retry", {
    with_backoff: (args) => retry(vm, ports, args.function(1), readBackoff(args)),
  });
}

function readBackoff(args: Arguments): Backoff {
  const options = args.optionalTable(2);
  const number = (key: string, otherwise: number): number => {
    const value = options?.get(key);
    return typeof value === "number" ? value : otherwise;
  };
  const onError = options?.get("on_error");
  const attempts = number("max_attempts", 3);
  if (attempts < 1) {
    throw new ProcedureFailure("lua-error", "Retry logic error: max_attempts must be at least 1.");
  }
  return {
    attempts,
    initialDelay: number("initial_delay", 1),
    maximumDelay: number("max_delay", 60),
    factor: number("backoff_factor", 2),
    onError: isFunction(onError) ? onError : undefined,
  };
}

function retry(
  vm: Vm,
  ports: Pick<RuntimePorts, "emit" | "sleep">,
  action: LuaFunction,
  backoff: Backoff,
): LuaValue {
  let delay = Math.min(backoff.initialDelay, backoff.maximumDelay);
  for (let attempt = 1; ; attempt++) {
    try {
      return action.callExact()[0];
    } catch (thrown) {
      if (!isCatchable(thrown)) throw thrown;
      tellFailure(vm, ports, backoff, { attempt, error: thrown.message, delay });
      if (attempt >= backoff.attempts) {
        const message = `Retry failed after ${attempt} attempts: ${thrown.message}`;
        throw new ProcedureFailure(codeOf(thrown) ?? "lua-error", message);
      }
      ports.sleep(delay);
      delay = Math.min(delay * backoff.factor, backoff.maximumDelay);
    }
  }
}

function tellFailure(
  vm: Vm,
  ports: Pick<RuntimePorts, "emit">,
  backoff: Backoff,
  failure: { readonly attempt: number; readonly error: string; readonly delay: number },
): void {
  try {
    backoff.onError?.call(vm.table({ ...failure, max_attempts: backoff.attempts }));
  } catch (thrown) {
    if (!isCatchable(thrown)) throw thrown;
    ports.emit({ type: "log", level: "warn", message: `Retry: on_error failed: ${errorText(thrown)}` });
  }
}
