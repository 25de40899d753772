import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PausableTimer } from "./pausable-timer.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("time in which it is held does not count", () => {
  const due = vi.fn();
  const timer = new PausableTimer(1000, due);
  vi.advanceTimersByTime(600);
  timer.pause();
  timer.pause();
  vi.advanceTimersByTime(5000);
  timer.resume();
  timer.resume();
  vi.advanceTimersByTime(399);
  expect(due).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(due).toHaveBeenCalledOnce();
});

test("cleared, it is never due, whoever resumes it", () => {
  const due = vi.fn();
  const timer = new PausableTimer(1000, due);
  timer.pause();
  timer.clear();
  timer.resume();
  vi.advanceTimersByTime(5000);
  expect(due).not.toHaveBeenCalled();
});
