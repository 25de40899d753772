import { MessageChannel } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { SharedMemory } from "./shared-memory.ts";
import type { WorkerMail } from "./worker-messages.ts";
import { WorkerPorts } from "./worker-ports.ts";

/** Ports whose mail has come before anything was asked for. */
function portsWith(...mail: readonly WorkerMail[]): WorkerPorts {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  for (const message of mail) port1.postMessage(message);
  return new WorkerPorts({
    memory: new SharedMemory(),
    answers: port2,
    notify: () => undefined,
    insideServers: new Set(),
    outputBytes: 1_000_000,
  });
}

test("an answer that came with another one is there when it is asked for", () => {
  const ports = portsWith(
    { kind: "answer", id: 1, value: { text: "one" } },
    { kind: "refusal", id: 2, code: "file-denied", message: "no" },
    { kind: "answer", id: 3, value: { text: "three" } },
  );
  expect(ports.request("file.read", { path: "a" })).toEqual({ text: "one" });
  expect(() => ports.request("file.read", { path: "b" })).toThrow("no");
  expect(ports.request("file.read", { path: "c" })).toEqual({ text: "three" });
});

test("a sleep loses no answer", () => {
  const ports = portsWith({ kind: "answer", id: 1, value: { text: "one" } });
  ports.sleep(0.001);
  expect(ports.request("file.read", { path: "a" })).toEqual({ text: "one" });
});
