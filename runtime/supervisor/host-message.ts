import { isJsonObject } from "#common/json.ts";
import { wireVersion } from "#protocol/wire/limits.ts";
import type { HostMessage } from "#protocol/wire/messages.ts";

const kinds: ReadonlySet<unknown> = new Set<HostMessage["kind"]>([
  "start",
  "answer",
  "refusal",
  "cancel",
  "debug",
]);

/**
 * A frame from the host, which is the trusted side: only what a mix of versions could get wrong is looked at, since the
 * schemas would cost every run a part of its start. Throws an Error that says what is wrong.
 */
export function readHostMessage(frame: unknown): HostMessage {
  if (!isHostMessage(frame)) throw new Error("it is of no known kind.");
  if (frame.kind === "start" && frame.version !== wireVersion) {
    throw new Error(`it speaks version ${String(frame.version)} of the protocol, this side ${wireVersion}.`);
  }
  return frame;
}

function isHostMessage(frame: unknown): frame is HostMessage {
  return isJsonObject(frame) && kinds.has(frame["kind"]);
}
