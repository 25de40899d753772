import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { encodeFrame } from "#protocol/wire/frames.ts";
import type { FinishedMessage } from "#protocol/wire/messages.ts";
import { SharedMemory } from "../bridge/shared-memory.ts";
import { Supervisor } from "./supervisor.ts";

const completed: FinishedMessage = {
  kind: "finished",
  status: "completed",
  result: 1,
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
};

/** A supervisor over streams in memory, whose worker does nothing; gives what it wrote until it left. */
async function supervised(act: (supervisor: Supervisor, memory: SharedMemory) => void): Promise<unknown[]> {
  const memory = new SharedMemory();
  const output = new PassThrough();
  const supervisor = new Supervisor({
    input: new PassThrough(),
    output,
    memory,
    worker: { start: () => {}, answer: () => {}, terminate: async () => {} },
    openServices: () => ({
      handlers: {
        "plugin.list": async () => ({}),
        "plugin.call": async () => ({}),
        "mcp.list": async () => ({}),
        "mcp.call": async () => ({}),
      },
      dispose: async () => {},
    }),
    exit: () => output.end(),
  });
  supervisor.listen();
  act(supervisor, memory);
  const lines = (await text(output)).split("\n");
  return lines.flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
}

test("a lost worker fails the run, and the totals so far are kept", async () => {
  const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7 };
  const frames = await supervised((supervisor, memory) => {
    memory.totals = { usage, cost: 0.5 };
    supervisor.workerLost({ outOfMemory: false, message: "gone" });
  });
  expect(frames).toMatchObject([
    {
      kind: "finished",
      status: "failed",
      error: { code: "sandbox-lost", message: expect.stringMatching(/gone/) },
      usage,
      cost: 0.5,
    },
  ]);
});

test("a worker whose heap is full hit the memory limit", async () => {
  const frames = await supervised((supervisor) => supervisor.workerLost({ outOfMemory: true, message: "" }));
  expect(frames).toMatchObject([
    { kind: "event", event: { type: "limit.hit", limit: "memory" } },
    { kind: "finished", status: "failed", error: { code: "limit-memory" } },
  ]);
});

test("there is one end, whatever is reported after it", async () => {
  const frames = await supervised((supervisor) => {
    supervisor.workerFinished(completed);
    supervisor.workerFinished(completed);
    supervisor.workerLost({ outOfMemory: false, message: "later" });
  });
  expect(frames).toEqual([completed]);
});

test("complete frames that were written before a loss are delivered, a cut one is not", async () => {
  const event = { kind: "event", event: { type: "stage", name: "s" } };
  const frames = await supervised((supervisor, memory) => {
    memory.frames.write(encodeFrame(event), () => {});
    memory.frames.write(encodeFrame(event).subarray(0, 10), () => {});
    supervisor.workerLost({ outOfMemory: false, message: "gone" });
  });
  expect(frames).toMatchObject([event, { kind: "finished" }]);
});
