import type { SandboxedEvent } from "#protocol/events/events.ts";
import type { GenerateParams, RequestAnswer, RequestMethod, RequestParams } from "#protocol/wire/requests.ts";
import type { Conversion, Converted } from "../formats/conversion.ts";
import type { Interruption, RunPorts } from "../ports.ts";
import { Trace } from "./trace.ts";

export interface CasePortsOptions {
  readonly ports: RunPorts;
  /** Longest real time of one case. */
  readonly seconds: number;
  /** Waiting passes at once and only moves the clock. */
  readonly passesTime: boolean;
}

/** The ports of the cases of a file, one after the other: what happens is noted, and each case has its own time. */
export class CasePorts implements RunPorts {
  readonly #options: CasePortsOptions;
  #trace = new Trace();
  #deadline = Number.POSITIVE_INFINITY;
  #skew = 0;

  constructor(options: CasePortsOptions) {
    this.#options = options;
  }

  /** Forgets the case before. */
  begin(): void {
    this.#trace = new Trace();
    this.#skew = 0;
    this.#deadline = this.#options.ports.now() + this.#options.seconds * 1000;
  }

  get trace(): Trace {
    return this.#trace;
  }

  /** Whether this case took longer than it may. */
  get isOverdue(): boolean {
    return this.#options.ports.now() > this.#deadline;
  }

  /** Why the whole work must end. */
  get outerInterruption(): Interruption | undefined {
    return this.#options.ports.interruption;
  }

  get interruption(): Interruption | undefined {
    return this.outerInterruption ?? (this.isOverdue ? "time" : undefined);
  }

  emit(event: SandboxedEvent): void {
    this.#trace.add(event);
    this.#options.ports.emit(event);
  }

  convert(conversion: Conversion): Converted {
    return this.#options.ports.convert(conversion);
  }

  request<Method extends RequestMethod>(
    method: Method,
    params: RequestParams<Method>,
  ): RequestAnswer<Method> {
    if (isGenerate(method, params)) this.#trace.addSent(params.messages);
    return this.#options.ports.request(method, params);
  }

  sleep(seconds: number): void {
    if (this.#options.passesTime) this.moveClock(seconds * 1000);
    else this.#options.ports.sleep(seconds);
  }

  now(): number {
    return this.#options.ports.now() + this.#skew;
  }

  /** Lets the procedure's clock jump by some milliseconds. */
  moveClock(milliseconds: number): void {
    this.#skew += milliseconds;
  }
}

function isGenerate(method: RequestMethod, params: unknown): params is GenerateParams {
  return method === "model.generate" && params !== undefined;
}
