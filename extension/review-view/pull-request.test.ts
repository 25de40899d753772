import { expect, test } from "vitest";
import { describedPullRequest } from "./described-pull-request.ts";
import { parsedRange } from "./parsed-range.ts";

test.for<[string, unknown, object | undefined]>([
  ["no answer", undefined, undefined],
  ["a repository without one", { defaultBranch: "main" }, undefined],
  ["another shape", { defaultBranch: "main", pullRequest: { title: 1, number: "x" } }, undefined],
  [
    "a pull request",
    {
      owner: "o",
      repositoryName: "r",
      defaultBranch: "main",
      pullRequest: { title: "Hi", number: 7, url: "u", id: 1 },
    },
    { number: 7, title: "Hi", bases: ["upstream/main", "origin/main", "main"] },
  ],
])("GitHub Pull Requests tells of %s", ([, described, expected]) => {
  expect(describedPullRequest(described)).toEqual(expected);
});

test.for<[string, object | undefined]>([
  ["main..feature", { base: "main", head: "feature" }],
  [" origin/main...v1.2~3 ", { base: "origin/main", head: "v1.2~3" }],
  ["v1.0..v1.1", { base: "v1.0", head: "v1.1" }],
  ["main", undefined],
  ["main..", undefined],
  ["..feature", undefined],
  ["main.. feature", undefined],
])("the range %j", ([text, expected]) => {
  expect(parsedRange(text)).toEqual(expected);
});
