import { expect, test } from "vitest";
import type { StartProblem } from "#runs/session/session.ts";
import { problemMessage } from "./start-problem.ts";

const noEngine: StartProblem = {
  code: "engine-unreachable",
  message: "No container engine answers.",
  remedy: "Start Docker.",
  exitCode: 3,
};

test.for([
  ["no engine, trusted", noEngine, true, ["Run Once with Embedded Isolation", "Show What Is Missing"]],
  ["no engine, not trusted: the weaker isolation is not offered", noEngine, false, ["Show What Is Missing"]],
  ["no Node for the embedded isolation", { ...noEngine, code: "node-missing" }, true, ["Open Settings"]],
  ["an image that can't be made", { ...noEngine, code: "image-failed" }, true, ["Show What Is Missing"]],
  [
    "a place can be gone to",
    { ...noEngine, code: "key-unknown", exitCode: 2, file: "a.yml", line: 3 },
    true,
    ["Go to Line"],
  ],
  ["nothing to do", { ...noEngine, code: "file-not-found", exitCode: 2 }, true, []],
] as ReadonlyArray<readonly [string, StartProblem, boolean, readonly string[]]>)(
  "%s",
  ([, problem, trusted, offers]) => {
    expect(problemMessage(problem, trusted).offers).toEqual(offers);
  },
);

test("message and remedy are one text without links", () => {
  const { text } = problemMessage({ ...noEngine, code: "image-failed", message: "[x](command:y)" }, true);
  expect(text).toBe("[x] (command:y) Start Docker.");
});
