import { expect, test } from "vitest";
import { expectProgram } from "../testing/expect-program.ts";

test("each level, with its data and its place", () => {
  const { events } = expectProgram({
    name: "",
    body: "for _, l in ipairs({'debug', 'info', 'warn', 'warning', 'error'}) do Log[l](l, {n = {1, 2}}) end",
    result: null,
  });
  const levels = ["debug", "info", "warn", "warn", "error"];
  expect(events).toMatchObject(
    levels.map((level) => ({ type: "log", level, data: { n: [1, 2] }, at: { line: 3 } })),
  );
});

test("a wrong argument names itself", () => {
  expectProgram({
    name: "",
    body: "Log.info({})",
    fails: /^Log\.info: argument 1 must be a string, got table\.$/,
  });
});
