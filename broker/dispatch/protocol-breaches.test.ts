import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { maximumFrameBytes } from "#protocol/wire/limits.ts";
import { asks, finished, hello, ScriptedSandbox, services } from "#test/support/scripted-sandbox.ts";

const event = { kind: "event", event: { type: "stage", name: "x" } };
const request = asks(1, "host.call", { tool: "host.ping", arguments: {}, by: "procedure" });

test.for<[string, unknown[]]>([
  ["a forged nonce", [{ ...hello, nonce: "fedcba9876543210" }]],
  ["another version", [{ ...hello, version: 2 }]],
  ["events before hello", [event, hello]],
  ["a request before hello", [request, hello]],
  ["the end before hello", [finished]],
  ["a second hello", [hello, hello]],
  ["an unknown kind of message", [hello, { kind: "surprise" }]],
  ["no object", [hello, 7]],
  [
    "an event that only the host may send",
    [hello, { kind: "event", event: { type: "human.responded", request: "1", value: true, by: "person" } }],
  ],
  ["an event with a wrong field", [hello, { kind: "event", event: { type: "stage", name: 7 } }]],
  ["the same request number twice", [hello, request, request]],
  ["falling request numbers", [hello, { ...request, id: 5 }, { ...request, id: 4 }]],
  ["a fractional request number", [hello, { ...request, id: 1.5 }]],
])("%s ends the run", async ([, messages]) => {
  const sandbox = new ScriptedSandbox();
  sandbox.say(...messages);
  expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
  expect(sandbox.eventsOf("stage")).toEqual([]);
});

test.for<[string, string]>([
  ["what is no JSON", "{]\n"],
  ["a frame that is nested too deep", `${"[".repeat(100)}${"]".repeat(100)}\n`],
  ["an endless line", "x".repeat(maximumFrameBytes + 10)],
])("%s ends the run", async ([, text]) => {
  const sandbox = ScriptedSandbox.greeted();
  sandbox.output.write(text);
  expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
});

test("nothing counts after finished", async () => {
  const status = vi.fn();
  const sandbox = ScriptedSandbox.greeted({ services: { workspace: { ...services().workspace, status } } });
  sandbox.say(finished, asks(1, "file.status", { path: "a" }), event);
  expect((await sandbox.outcome).ok).toBe(true);
  sandbox.say(asks(2, "file.status", { path: "a" }), event);
  await setImmediate();
  expect(status).not.toHaveBeenCalled();
  expect(sandbox.events).toEqual([]);
});

test.for(["__proto__", "\\u005f\\u005fproto\\u005f\\u005f"])(
  "nothing that is copied gets another prototype by %s",
  async (name) => {
    const sandbox = ScriptedSandbox.greeted();
    sandbox.output.write(
      `{"kind":"event","event":{"type":"state","key":"k","value":{"${name}":{"polluted":1}}}}\n`,
    );
    await sandbox.ask("file.status", { path: "a" });
    expect(sandbox.eventsOf("state")).toEqual([{ type: "state", key: "k", value: {} }]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  },
);

test("one who writes single bytes is read like everybody else", async () => {
  const sandbox = ScriptedSandbox.greeted();
  const frame = Buffer.from(
    `${JSON.stringify({ kind: "event", event: { type: "stage", name: "x".repeat(5000) } })}\n`,
  );
  for (const byte of frame) sandbox.output.write(Buffer.of(byte));
  await sandbox.ask("file.status", { path: "a" });
  expect(sandbox.eventsOf("stage")[0]?.name).toHaveLength(5000);
});
