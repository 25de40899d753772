import type { Control } from "./control.ts";

/** A run begins with the greeting that repeats the nonce of its start; nothing is served before. */
export const greeting: Control = {
  id: "greeting",
  off: [
    {
      file: "broker/dispatch/run-server.ts",
      from: 'this.#greeted = message.kind === "hello" && message.nonce === nonce && message.version === wireVersion;',
      to: "this.#greeted = message.kind !== undefined && nonce !== undefined && wireVersion > 0;",
    },
  ],
};

/** A frame has a largest size, which is noticed while it arrives. */
export const frameSize: Control = {
  id: "frame-size",
  off: [
    {
      file: "protocol/wire/limits.ts",
      from: "maximumFrameBytes: number = 4 *",
      to: "maximumFrameBytes: number = 4e6 *",
    },
  ],
};

/** A frame is not nested deeper than any reader of it can take. */
export const frameDepth: Control = {
  id: "frame-depth",
  off: [
    { file: "protocol/wire/limits.ts", from: "maximumFrameDepth = 64", to: "maximumFrameDepth = 64_000" },
  ],
};

/** A sandbox sends only events of what happens inside it. */
export const eventsOfTheSandbox: Control = {
  id: "events-of-the-sandbox",
  off: [
    {
      file: "protocol/wire/messages.ts",
      from: 'z.object({ kind: z.literal("event"), event: sandboxedEvent })',
      to: 'z.object({ kind: z.literal("event"), event: z.any() })',
    },
  ],
};

/** Nothing counts after the last message of a run. */
export const firstEndCounts: Control = {
  id: "first-end-counts",
  off: [
    {
      file: "broker/dispatch/run-server.ts",
      from: "if (this.#ended) return;\n        this.#handle(frame);",
      to: "this.#handle(frame);",
    },
    {
      file: "broker/dispatch/run-server.ts",
      from: "if (!this.#ended) this.#options.emit(",
      to: "this.#options.emit(",
    },
  ],
};

/** All events of a run together have a largest size. */
export const boundedEvents: Control = {
  id: "bounded-events",
  off: [
    {
      file: "broker/dispatch/run-server.ts",
      from: "if (this.#eventBytes > outputBytes * outputAllowance.factor + outputAllowance.bytes)",
      to: "if (this.#eventBytes > (outputBytes * outputAllowance.factor + outputAllowance.bytes) * 1e6)",
    },
  ],
};
