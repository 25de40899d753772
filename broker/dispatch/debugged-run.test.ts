import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import { finished, key, ScriptedSandbox } from "#test/support/scripted-sandbox.ts";
import { plainStart } from "#test/support/start-message.ts";
import type { DebugService } from "../services.ts";

/** A debugger that takes everything, and notes it. */
class NotingDebugger implements DebugService {
  readonly heard: Json[] = [];
  accepts = true;
  closed = false;
  send: (message: DebugMessage) => boolean = () => false;
  stand: (standing: boolean) => void = () => undefined;

  connect(send: (message: DebugMessage) => boolean): void {
    this.send = send;
  }

  receive(message: Json): boolean {
    this.heard.push(message);
    return this.accepts;
  }

  close(): void {
    this.closed = true;
  }

  onStanding(listener: (standing: boolean) => void): () => void {
    this.stand = listener;
    return () => undefined;
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("commands go in, what the sandbox says comes out without secrets, and the end closes the debugger", async () => {
  const debug = new NotingDebugger();
  const sandbox = ScriptedSandbox.greeted({ services: { debugger: debug } });
  await vi.waitFor(() =>
    expect(debug.send({ kind: "debug", id: 1, command: "pause", params: {} })).toBe(true),
  );
  sandbox.say({ kind: "debug", message: { kind: "answer", id: 1, value: { secret: `it is ${key}` } } });
  sandbox.say(finished);
  expect((await sandbox.outcome).ok).toBe(true);
  expect(JSON.stringify(debug.heard)).toContain("it is ");
  expect(JSON.stringify(debug.heard)).not.toContain(key);
  expect(sandbox.received).toContainEqual({ kind: "debug", id: 1, command: "pause", params: {} });
  expect(debug.closed).toBe(true);
});

test.each([
  { name: "nobody debugs", debug: undefined },
  { name: "the debugger does not know", debug: Object.assign(new NotingDebugger(), { accepts: false }) },
])("a sandbox that says to its debugger what $name breaks the protocol", async ({ debug }) => {
  const sandbox = ScriptedSandbox.greeted({ services: debug ? { debugger: debug } : {} });
  sandbox.say({ kind: "debug", message: { kind: "notice" } });
  expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
});

test("time in which the run stands is not its own; a flood of notices ends it all the same", async () => {
  const debug = new NotingDebugger();
  const limits = { ...plainStart.limits, outputBytes: 1000 };
  const sandbox = ScriptedSandbox.greeted({ services: { debugger: debug }, start: { limits } });
  debug.stand(true);
  await vi.advanceTimersByTimeAsync(24 * 3600 * 1000);
  debug.stand(false);
  const text = "x".repeat(800 * 1024);
  for (let notice = 0; notice < 2; notice++) {
    sandbox.say({ kind: "debug", message: { kind: "notice", notice: { notice: "logged", text } } });
  }
  expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "limit-output" } });
});
