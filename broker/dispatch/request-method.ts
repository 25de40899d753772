import * as z from "zod";
import { fail, type Result } from "#common/result.ts";
import type { Refusal } from "../services.ts";
import { RateLimit } from "./rate-limit.ts";

/** What a request may take of the host. */
export interface MethodLimits {
  /** Requests of this method a second, on average. */
  readonly perSecond: number;
  /** Seconds for one answer; undefined = as long as the run may take. */
  readonly deadlineSeconds: number | undefined;
}

/** One method as the broker serves it: everything about its parameters is checked before its service sees them. */
export interface RequestMethod {
  readonly limits: MethodLimits;
  perform(params: unknown, signal: AbortSignal, call: RecordedCall): Promise<Result<unknown, Refusal>>;
}

/** Which request of the run it is; the same when it is made once more after the run was resumed. */
export interface RecordedCall {
  /** Counts from 1 over all parts of a run; undefined: the request is not recorded. */
  readonly number: number | undefined;
  /** For whoever performs it, so that doing it once more can be noticed; undefined when it has no number. */
  readonly idempotencyKey: string | undefined;
}

/** Joins the schema of a method with the service that answers it. */
export function requestMethod<Params>(
  limits: MethodLimits,
  schema: z.ZodType<Params>,
  serve: (params: Params, signal: AbortSignal, call: RecordedCall) => Promise<Result<unknown, Refusal>>,
): RequestMethod {
  const rate = new RateLimit(limits.perSecond);
  return {
    limits,
    async perform(params, signal, call) {
      // Before anything else: looking at wrong parameters costs the host too.
      await rate.take(signal);
      const parsed = schema.safeParse(params);
      if (!parsed.success) return fail(invalidParameters(parsed.error));
      return serve(parsed.data, signal, call);
    },
  };
}

function invalidParameters(error: z.ZodError): Refusal {
  const problem = z.prettifyError(error).slice(0, 300);
  return { code: "request-invalid", message: `The parameters of the request are wrong: ${problem}` };
}
