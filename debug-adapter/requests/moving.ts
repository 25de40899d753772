import * as z from "zod";
import { noSuchMoment } from "../problems.ts";
import { type RequestHandler, request } from "./request.ts";

const thread = z.object({ threadId: z.int() });
const place = z.object({ source: z.object({ path: z.string() }), line: z.int() });

/** Requests that move the run, or the moment of its record that is looked at. */
export const movingRequests: Readonly<Record<string, RequestHandler>> = {
  continue: request(thread, async (session) => {
    await session.continue();
    return { allThreadsContinued: true };
  }),
  next: request(thread, (session, { threadId }) => session.step(threadId, "over")),
  stepIn: request(thread.extend({ targetId: z.int().optional() }), (session, { threadId, targetId }) =>
    targetId === undefined ? session.step(threadId, "in") : session.stepInto(threadId, targetId),
  ),
  stepInTargets: request(z.object({ frameId: z.int() }), async (session, { frameId }) => ({
    targets: await session.stepInTargets(frameId),
  })),
  stepOut: request(thread, (session, { threadId }) => session.step(threadId, "out")),
  pause: request(thread, (session) => session.pause()),
  stepBack: request(thread, (session) => session.stepBack()),
  reverseContinue: request(thread, (session) => session.reverseContinue()),
  restartFrame: request(z.object({ frameId: z.int() }), (session, { frameId }) => {
    const { view, frame } = session.frame(frameId);
    const position = view.restartPosition?.(frame);
    if (position === undefined) throw noSuchMoment("checkpoint before this frame");
    session.goTo(position);
  }),
  gotoTargets: request(place, ({ record, sources }, { source, line }) => {
    const file = sources.file(source.path);
    const targets = record.moments.flatMap((moment, id) => {
      if (moment.kind !== "checkpoint" || !moment.checkpoint.at) return [];
      const { at, index, kind, name } = moment.checkpoint;
      const fits = at.file === file && at.line === line;
      return fits ? [{ id, label: `checkpoint ${index}: ${kind} ${name ?? ""}`.trim(), line }] : [];
    });
    return { targets };
  }),
  goto: request(z.object({ targetId: z.int().nonnegative() }), (session, { targetId }) => {
    if (session.record.moments[targetId]?.kind !== "checkpoint") throw noSuchMoment("such checkpoint");
    session.goTo(targetId);
  }),
};
