import * as z from "zod";
import type { Result } from "#common/result.ts";
import { AdapterProblem, noSuchMoment } from "../problems.ts";
import { type RequestHandler, request } from "./request.ts";

const page = z.object({
  variablesReference: z.int(),
  filter: z.enum(["indexed", "named"]).optional(),
  start: z.int().nonnegative().optional(),
  count: z.int().nonnegative().optional(),
  format: z.object({ hex: z.boolean().optional() }).optional(),
});
const stack = z.object({
  threadId: z.int(),
  startFrame: z.int().nonnegative().optional(),
  levels: z.int().nonnegative().optional(),
});
const evaluation = z.object({
  expression: z.string(),
  frameId: z.int().optional(),
  context: z.string().optional(),
});

/** Requests that look at a run that stands. */
export const lookingRequests: Readonly<Record<string, RequestHandler>> = {
  threads: request(z.object({}), async (session) => ({ threads: await session.threads() })),
  stackTrace: request(stack, (session, { threadId, ...part }) => session.stack(threadId, part)),
  scopes: request(z.object({ frameId: z.int() }), async (session, { frameId }) => {
    const { view, frame } = session.frame(frameId);
    return { scopes: await view.scopes(frame) };
  }),
  variables: request(page, async ({ references }, { variablesReference, format, ...part }) => {
    const container = references.get(variablesReference);
    // The client may ask about a stop that is over; it gets nothing rather than another stop's values.
    return { variables: container ? await container.children({ ...part, hex: format?.hex }) : [] };
  }),
  evaluate: request(evaluation, async (session, given) => {
    const { view, frame } = session.lookAt(given.frameId);
    const evaluated = await view.evaluate(frame, given);
    return done(evaluated);
  }),
  setVariable: request(
    z.object({ variablesReference: z.int(), name: z.string(), value: z.string() }),
    async ({ references }, { variablesReference, name, value }) => {
      const container = references.get(variablesReference);
      if (!container?.set) throw readOnly();
      const { name: _name, ...set } = done(await container.set(name, value));
      return set;
    },
  ),
  setExpression: request(
    z.object({ expression: z.string(), value: z.string(), frameId: z.int().optional() }),
    async (session, { expression, value, frameId }) => {
      const { view, frame } = session.lookAt(frameId);
      if (!view.assign) throw readOnly();
      const { result, ...rest } = done(await view.assign(frame, expression, value));
      return { ...rest, value: result };
    },
  ),
  completions: request(
    z.object({ text: z.string(), column: z.int(), frameId: z.int().optional() }),
    async (session, { text, column, frameId }) => {
      const { view, frame } = session.lookAt(frameId);
      const items = (await view.complete?.(frame, text.slice(0, Math.max(0, column - 1)))) ?? [];
      return { targets: items.map(({ label, type }) => ({ label, type: itemTypes[type] ?? "property" })) };
    },
  ),
  loadedSources: request(z.object({}), async (session) => ({ sources: await session.loadedSources() })),
  exceptionInfo: request(z.object({ threadId: z.int() }), async (session, { threadId }) => {
    const information = await session.viewOfThread(threadId).exception();
    if (!information) throw noSuchMoment("error here");
    return information;
  }),
};

/** Types of Lua in the words of the protocol. */
const itemTypes: Readonly<Record<string, string>> = {
  function: "function",
  variable: "variable",
  keyword: "keyword",
};

function readOnly(): AdapterProblem {
  return new AdapterProblem(
    "debug-read-only",
    "What was recorded can't be changed: restart from here, then change it.",
  );
}

/** What came of it, or why nothing did, for the person who asked. */
function done<Value>(result: Result<Value, string>): Value {
  if (result.ok) return result.value;
  throw new AdapterProblem("debug-evaluation", result.error);
}
