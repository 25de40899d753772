import type { PlacedBreakpoint } from "#protocol/debugging/breakpoints.ts";
import type { DebugNotice } from "#protocol/debugging/notices.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import { exitCodeOf } from "./exit-code.ts";
import { stoppedEvent } from "./live/stopped-event.ts";
import { loggedOutput, outputOf } from "./output.ts";
import type { Sources } from "./sources.ts";
import { procedureThread } from "./view.ts";

/** Sends an event to the client. */
export type SendEvent = (event: string, body?: object) => void;

/** Tells the client what happened in a run. */
export function tellEvent(event: RunEvent, sources: Sources, send: SendEvent): void {
  const output = outputOf(event, sources);
  if (output) send("output", output);
  if (event.type === "run.started")
    send("process", { name: event.file, isLocalProcess: true, startMethod: "launch" });
  if (event.type !== "run.finished") return;
  send("exited", { exitCode: exitCodeOf(event) });
  send("terminated");
}

/** Tells the client what its debugger noticed. */
export function tellNotice(notice: DebugNotice, sources: Sources, send: SendEvent): void {
  if (notice.notice === "stopped") send("stopped", stoppedEvent(notice));
  else if (notice.notice === "continued")
    send("continued", { threadId: procedureThread, allThreadsContinued: true });
  else if (notice.notice === "thread")
    send("thread", {
      reason: notice.change === "started" ? "started" : "exited",
      threadId: notice.thread.id,
    });
  else if (notice.notice === "logged") send("output", loggedOutput(notice, sources));
  else if (notice.notice === "source") {
    const source = sources.source(notice.file);
    if (source) send("loadedSource", { reason: "new", source });
    tellPlaced(notice.breakpoints, send);
  }
}

/** Breakpoints have found their lines. */
export function tellPlaced(breakpoints: readonly PlacedBreakpoint[], send: SendEvent): void {
  for (const breakpoint of breakpoints) send("breakpoint", { reason: "changed", breakpoint });
}
