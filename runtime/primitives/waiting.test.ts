import { expect, test } from "vitest";
import { expectProgram } from "../testing/expect-program.ts";

const failing =
  "local seen = {} local ok, e = pcall(Retry.with_backoff, function() File.read('/x') end, {max_attempts = 3, initial_delay = 1, max_delay = 1.5, on_error = function(i) seen[#seen + 1] = i.attempt end})";

test("Retry waits longer each time and tells of each failure", () => {
  const { slept } = expectProgram({
    name: "",
    body: `${failing} return {ok, seen}`,
    result: [false, [1, 2, 3]],
  });
  expect(slept).toEqual([1, 1.5]);
});

test("Retry gives up with the last code", () => {
  expectProgram({ name: "", body: `${failing} error(e, 0)`, fails: "file-denied" });
});

test("Retry without an attempt calls nothing", () => {
  expectProgram({ name: "", body: "Retry.with_backoff(error, {max_attempts = 0})", fails: /max_attempts/ });
});

test("Retry does not retry what must end the run", () => {
  let asked = 0;
  const { finished, slept } = expectProgram({
    name: "",
    body: "Retry.with_backoff(function() while true do end end)",
    options: { interruption: () => (++asked > 2 ? "time" : undefined) },
    fails: "limit-time",
  });
  expect(finished.status).toBe("timed_out");
  expect(slept).toEqual([]);
});

test("Sleep sleeps", () => {
  const { slept } = expectProgram({ name: "", body: "Sleep(0.5) Sleep(-1)", result: null });
  expect(slept).toEqual([0.5, 0]);
});
