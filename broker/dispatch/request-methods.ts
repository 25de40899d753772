import { randomUUID } from "node:crypto";
import type * as z from "zod";
import { fail } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { humanRequestId } from "#protocol/wire/recorded.ts";
import { type BrokerMethod, type RequestParams, requestSchemas } from "#protocol/wire/requests.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { BrokerServices, CaseService, HostToolService, Refusal } from "../services.ts";
import type { RunSpending } from "../spending/run-spending.ts";
import { approveCall } from "./approve-call.ts";
import { askPerson } from "./ask-person.ts";
import { awaitRuns } from "./await-runs.ts";
import { DeltaStream } from "./delta-stream.ts";
import { type GuardedMethod, type ListedCapabilities, ManifestGate, type Serve } from "./manifest-gate.ts";
import { PastQuestions } from "./past-questions.ts";
import { type MethodLimits, type RecordedCall, type RequestMethod, requestMethod } from "./request-method.ts";
import { entriesFrom, type RunPast } from "./run-past.ts";

export interface RequestMethodsOptions {
  readonly services: BrokerServices;
  readonly emit: (event: RunEventBody) => void;
  readonly redactor: Redactor;
  readonly spending: RunSpending;
  readonly past?: RunPast;
  readonly listed: ListedCapabilities;
}

/** The methods of the wire, each with its limits and its service: all that a sandbox can ask for. */
export type RequestMethods = Readonly<Record<BrokerMethod, RequestMethod>>;

const fileLimits: MethodLimits = { perSecond: 5000, deadlineSeconds: 60 };

/** Binds the methods to the services of one run. */
export function requestMethods(options: RequestMethodsOptions): RequestMethods {
  const { services, past, redactor, listed, emit } = options;
  const questions = new PastQuestions(past, redactor);
  const { workspace } = services;
  const guarded = guardedBy(new ManifestGate(listed, emit));
  return {
    "model.generate": modelGenerate(options, guarded),
    "host.call": hostCall(options, questions, guarded),
    "mcp.list": mcpList(options, guarded),
    "mcp.call": mcpCall(options, guarded),
    "host.describe": hostDescribe(services.hostTools, guarded),
    "human.ask": humanAsk(options, questions, guarded),
    "journal.read": ofTheRun(requestSchemas["journal.read"].params, async ({ from }) => ({
      ok: true,
      value: { entries: entriesFrom(past?.entries ?? [], from) },
    })),
    "file.read": guarded("file.read", fileLimits, (params) => workspace.read(params)),
    "file.write": guarded("file.write", fileLimits, (params) => workspace.write(params)),
    "file.readBytes": guarded("file.readBytes", fileLimits, (params) => workspace.readBytes(params)),
    "file.writeBytes": guarded("file.writeBytes", fileLimits, (params) => workspace.writeBytes(params)),
    "file.status": guarded("file.status", fileLimits, (params) => workspace.status(params)),
    "file.list": guarded("file.list", fileLimits, (params) => workspace.list(params)),
    "cases.declare": ofTheRun(requestSchemas["cases.declare"].params, (params) =>
      services.cases ? services.cases.declare(params) : noCases,
    ),
    "cases.next": ofTheRun(requestSchemas["cases.next"].params, () => nextCase(options)),
    "runs.await": ofTheRun(requestSchemas["runs.await"].params, (params) => awaitRuns(services.runs, params)),
    "module.read": ofTheRun(requestSchemas["module.read"].params, (params) => workspace.module(params)),
    "program.read": ofTheRun(requestSchemas["program.read"].params, (params) => workspace.program(params)),
  };
}

type Guarded = ReturnType<typeof guardedBy>;

/** Makes methods that reach out of the sandbox: each is held against the manifest before it is served. */
function guardedBy(gate: ManifestGate) {
  return <Method extends GuardedMethod>(
    method: Method,
    limits: MethodLimits,
    serve: Serve<Method>,
  ): RequestMethod => {
    // The compiler does not follow which schema belongs to a method that it does not know.
    const schema = requestSchemas[method].params as unknown as z.ZodType<RequestParams<Method>>;
    return requestMethod(limits, schema, gate.guard(method, serve));
  };
}

/** Makes methods that stay with the run: its journal, its source text, its cases. */
const ofTheRun: <Params>(
  schema: Parameters<typeof requestMethod<Params>>[1],
  serve: Parameters<typeof requestMethod<Params>>[2],
) => RequestMethod = (schema, serve) => requestMethod(fileLimits, schema, serve);

/** The limits of spending hold for each case; a sandbox that is given no other goes on with what it has left. */
async function nextCase({ services, spending }: RequestMethodsOptions): ReturnType<CaseService["next"]> {
  const taken = await (services.cases?.next() ?? noCases);
  if (taken.ok && taken.value.next) spending.beginCase();
  return taken;
}

/** An ordinary run has no cases. */
const noCases = Promise.resolve(
  fail({ code: "unknown-method", message: "This run does not work on cases." }),
);

/** A model's own service keeps its time limit; the deadline here only catches one that does not. */
function modelGenerate(
  { services, emit, redactor, spending }: RequestMethodsOptions,
  guarded: Guarded,
): RequestMethod {
  const { models } = services;
  const limits = { perSecond: 50, deadlineSeconds: 3600 };
  return guarded("model.generate", limits, async (params, signal, call) => {
    const { idempotencyKey } = call;
    const price = models.priceOf?.(params.provider, params.model);
    const served = await spending.serveTurn(params, price, async () => {
      const deltas = new DeltaStream({ turn: params.turn, redactor, emit });
      const onDelta = (text: string): void => deltas.push(text);
      try {
        return await models.generate(params, { signal, onDelta, idempotencyKey });
      } finally {
        deltas.end();
      }
    });
    return served ?? fail(nothingLeft);
  });
}

/** The run is being ended; nobody waits for this. */
const nothingLeft: Refusal = { code: "cancelled", message: "The run has nothing left to spend." };

function hostCall(
  { services, emit, spending }: RequestMethodsOptions,
  past: PastQuestions,
  guarded: Guarded,
): RequestMethod {
  const limits = { perSecond: 1000, deadlineSeconds: 3600 };
  return guarded("host.call", limits, async (params, signal, call) => {
    const { idempotencyKey } = call;
    if (!spending.requestCall()) return fail(nothingLeft);
    const questioner = { humans: services.humans, emit, past, request: questionOf(call) };
    const result = await services.hostTools.call(params.tool, params.arguments, {
      signal,
      idempotencyKey,
      approve: (question) => approveCall(questioner, params, question, signal),
    });
    if (result.ok) return { ok: true, value: { result: result.value } };
    if (result.error.code === "tool-denied") {
      emit({ type: "tool.denied", tool: params.tool, zone: "host", reason: result.error.message });
    }
    return result;
  });
}

/** A server's own time limits are kept by the service; the deadline here only catches what they don't. */
const mcpLimits: MethodLimits = { perSecond: 200, deadlineSeconds: 2 * 3600 };

function mcpList({ services, emit }: RequestMethodsOptions, guarded: Guarded): RequestMethod {
  return guarded("mcp.list", mcpLimits, async (params, signal) => {
    const result = await services.mcp.list(params, { signal, warn: warning(emit) });
    if (!result.ok && result.error.code === "tool-denied")
      emit({ type: "tool.denied", tool: params.server, zone: "mcp", reason: result.error.message });
    return result;
  });
}

function mcpCall({ services, emit, spending }: RequestMethodsOptions, guarded: Guarded): RequestMethod {
  return guarded("mcp.call", mcpLimits, async (params, signal) => {
    if (!spending.requestCall()) return fail(nothingLeft);
    const result = await services.mcp.call(params, { signal, warn: warning(emit) });
    if (!result.ok && result.error.code === "tool-denied") {
      const tool = `${params.server}_${params.tool}`;
      emit({ type: "tool.denied", tool, zone: "mcp", reason: result.error.message });
    }
    return result;
  });
}

function warning(emit: (event: RunEventBody) => void): (message: string) => void {
  return (message) => emit({ type: "log", level: "warn", message });
}

function hostDescribe(hostTools: HostToolService, guarded: Guarded): RequestMethod {
  const limits = { perSecond: 100, deadlineSeconds: 300 };
  return guarded("host.describe", limits, ({ tool }, signal) => hostTools.describe(tool, { signal }));
}

/** People may take as long as they like: only the question's own timeout and the end of the run end the wait. */
function humanAsk(
  { services, emit }: RequestMethodsOptions,
  past: PastQuestions,
  guarded: Guarded,
): RequestMethod {
  const limits = { perSecond: 20, deadlineSeconds: undefined };
  return guarded("human.ask", limits, (params, signal, call) =>
    askPerson({ humans: services.humans, emit, past, request: questionOf(call) }, params, signal),
  );
}

/** The id of a question: the same in every part of a run. */
function questionOf({ number }: RecordedCall): string {
  return number === undefined ? randomUUID().slice(0, 8) : humanRequestId(number);
}
