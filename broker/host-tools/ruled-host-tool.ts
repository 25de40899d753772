import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { HostCallContext, Refusal } from "../services.ts";
import { type ArgumentCheck, argumentCheck } from "./argument-schema.ts";
import { CallBudget } from "./call-budget.ts";
import type { HostAction, PreparedCall, ToolDescription } from "./host-tool.ts";
import type { CallLimits, CallRules } from "./host-tool-declaration.ts";

/** What holds where a declaration says nothing. */
const defaultLimits: Required<CallLimits> = {
  callsPerMinute: 60,
  callsPerRun: 1000,
  argumentBytes: 256 * 1024,
  resultBytes: 1024 * 1024,
};
const defaultTimeoutSeconds = 60;

/** Who said no so often must not be worn down by further questions of the same run. */
const mostRefusals = 3;

/** The limits that hold for a tool. */
export function callLimits({ limits = {} }: CallRules): Required<CallLimits> {
  return { ...defaultLimits, ...limits };
}

/** A host tool: its action, behind the rules for calling it. */
export class RuledHostTool {
  readonly #name: string;
  readonly #rules: CallRules;
  readonly #action: HostAction;
  readonly #limits: Required<CallLimits>;
  readonly #budget: CallBudget;
  #description: Promise<Result<ToolDescription, Refusal>> | undefined;
  #check: ArgumentCheck | undefined;
  #isApproved = false;
  #refusals = 0;

  constructor(name: string, rules: CallRules, action: HostAction) {
    this.#name = name;
    this.#rules = rules;
    this.#action = action;
    this.#limits = callLimits(rules);
    this.#budget = new CallBudget(this.#limits);
  }

  /** What the declaration says, completed by what the tool says of itself. A tool is asked once, and may fail once. */
  describe(signal: AbortSignal): Promise<Result<ToolDescription, Refusal>> {
    this.#description ??= this.#describe(signal);
    return this.#description;
  }

  async #describe(signal: AbortSignal): Promise<Result<ToolDescription, Refusal>> {
    const { description, parameters } = this.#rules;
    const own =
      parameters && description !== undefined
        ? undefined
        : await this.#withDeadline(signal, async (until) => this.#action.describe?.(until) ?? ok(undefined));
    if (own && !own.ok) return own;
    return ok({
      description: description ?? own?.value?.description ?? "",
      parameters: parameters ?? own?.value?.parameters ?? { type: "object" },
    });
  }

  async call(parameters: JsonObject, context: HostCallContext): Promise<Result<Json, Refusal>> {
    const checked = await this.#checked(parameters, context.signal);
    if (!checked.ok) return checked;
    const refused = this.#overLimit();
    if (refused) return fail(refused);
    const prepared = this.#action.prepare(checked.value);
    if (!prepared.ok) return fail(this.#failure(prepared.error));
    const denied = await this.#approve(prepared.value, context);
    if (denied) return fail(denied);
    const result = await this.#withDeadline(context.signal, (signal) =>
      prepared.value.run({ signal, idempotencyKey: context.idempotencyKey }),
    );
    return result.ok ? this.#bounded(result.value) : result;
  }

  async #checked(parameters: JsonObject, signal: AbortSignal): Promise<Result<JsonObject, Refusal>> {
    const { argumentBytes } = this.#limits;
    if (Buffer.byteLength(JSON.stringify(parameters)) > argumentBytes)
      return fail(this.#failure(`was not called: its arguments have more than ${argumentBytes} bytes.`));
    const check = await this.#argumentCheck(signal);
    if (!check.ok) return check;
    const checked = check.value(parameters);
    if (checked.ok) return checked;
    return fail(this.#failure(`was not called: its arguments are wrong: ${checked.error}`));
  }

  async #argumentCheck(signal: AbortSignal): Promise<Result<ArgumentCheck, Refusal>> {
    if (this.#check) return ok(this.#check);
    const description = await this.describe(signal);
    if (!description.ok) return description;
    const check = argumentCheck(description.value.parameters);
    if (!check.ok)
      return fail(this.#failure(`was not called: its parameters are no usable JSON Schema: ${check.error}`));
    this.#check = check.value;
    return check;
  }

  #overLimit(): Refusal | undefined {
    const taken = this.#budget.take();
    if (taken === "taken") return undefined;
    const { callsPerMinute, callsPerRun } = this.#limits;
    const most = taken === "minute" ? `${callsPerMinute} times a minute` : `${callsPerRun} times a run`;
    return denial(`Host tool '${this.#name}' may be called ${most}.`);
  }

  async #approve({ shown }: PreparedCall, { approve }: HostCallContext): Promise<Refusal | undefined> {
    const { approval } = this.#rules;
    if (approval === undefined || (approval === "once" && this.#isApproved)) return undefined;
    if (this.#refusals >= mostRefusals)
      return denial(
        `The person did not allow host tool '${this.#name}' ${mostRefusals} times, and is not asked again.`,
      );
    const answer = await approve({ tool: this.#name, call: shown });
    this.#isApproved = answer.ok && answer.value;
    if (this.#isApproved) return undefined;
    this.#refusals += 1;
    return answer.ok
      ? denial(`The person did not allow host tool '${this.#name}' to be called.`)
      : answer.error;
  }

  /** What takes longer than the tool may is ended; so is what the run no longer waits for. */
  async #withDeadline<Value>(
    signal: AbortSignal,
    act: (signal: AbortSignal) => Promise<Result<Value, string>>,
  ): Promise<Result<Value, Refusal>> {
    const seconds = this.#rules.timeoutSeconds ?? defaultTimeoutSeconds;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), seconds * 1000);
    try {
      const result = await act(AbortSignal.any([signal, deadline.signal]));
      if (result.ok) return result;
      const tooLong = deadline.signal.aborted && !signal.aborted;
      return fail(this.#failure(tooLong ? `took longer than ${seconds} s and was ended.` : result.error));
    } finally {
      clearTimeout(timer);
    }
  }

  #bounded(value: Json): Result<Json, Refusal> {
    const { resultBytes } = this.#limits;
    if (Buffer.byteLength(JSON.stringify(value)) <= resultBytes) return ok(value);
    return fail(this.#failure(`answered with more than ${resultBytes} bytes.`));
  }

  #failure(what: string): Refusal {
    return { code: "host-tool-failed", message: `Host tool '${this.#name}' ${what}` };
  }
}

/** A call that config or a person does not allow. */
export function denial(message: string): Refusal {
  return { code: "tool-denied", message };
}
