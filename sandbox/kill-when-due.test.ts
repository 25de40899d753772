import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SandboxExit, SandboxProcess } from "./isolation.ts";
import { killWhenDue } from "./kill-when-due.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fakeSandbox() {
  const exit = Promise.withResolvers<SandboxExit>();
  const kill = vi.fn(() => Promise.reject(new Error("the engine is gone")));
  const sandbox = { exited: exit.promise, kill } as unknown as SandboxProcess;
  return { sandbox, kill, exit: () => exit.resolve({ code: 0, reason: "exited" }) };
}

test("a sandbox that outlives its time is killed from outside, and a failing kill is nobody's crash", async () => {
  const { sandbox, kill } = fakeSandbox();
  killWhenDue(sandbox, 60, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kill).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kill).toHaveBeenCalledTimes(1);
});

test("an abort kills at once", () => {
  const { sandbox, kill } = fakeSandbox();
  const controller = new AbortController();
  killWhenDue(sandbox, 60, controller.signal);
  controller.abort();
  expect(kill).toHaveBeenCalledTimes(1);
});

test("a sandbox that is gone is left alone", async () => {
  const { sandbox, kill, exit } = fakeSandbox();
  const controller = new AbortController();
  killWhenDue(sandbox, 60, controller.signal);
  exit();
  await vi.advanceTimersByTimeAsync(120_000);
  controller.abort();
  expect(kill).not.toHaveBeenCalled();
});
