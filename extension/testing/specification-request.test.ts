import { expect, test } from "vitest";
import { type SpecificationCircumstances, specificationRequest } from "./specification-request.ts";
import type { SpecificationRequest } from "./specification-session.ts";

const usual: SpecificationCircumstances = {
  file: "/work/sub/a.tac",
  folder: "/work",
  settings: { isolation: undefined },
};

const cases: ReadonlyArray<
  readonly [string, Partial<SpecificationCircumstances>, Partial<SpecificationRequest>]
> = [
  ["the config decides what is not set", {}, {}],
  ["a file outside of any folder", { folder: undefined }, { workspaceRoot: "/work/sub" }],
  ["the setting", { settings: { isolation: "docker" } }, { isolation: "docker" }],
  [
    "what the person chose for this once goes before it",
    { settings: { isolation: "docker" }, isolation: "embedded" },
    { isolation: "embedded" },
  ],
  ["one scenario", { scenario: "pays" }, { scenario: "pays" }],
];

test.for(cases)("%s", ([, more, expected]) => {
  expect(specificationRequest({ ...usual, ...more })).toEqual({
    file: "/work/sub/a.tac",
    workspaceRoot: "/work",
    ...expected,
  });
});
