import { describe, expect, test } from "vitest";
import { actionsOf, type HumanQuestion, itemsOf, optionsOf } from "./human-question.ts";
import { formOf } from "./schema-form.ts";

function question(details: HumanQuestion["details"]): HumanQuestion {
  return { id: "1", kind: "custom", message: "Well?", details };
}

describe("options", () => {
  test.for([
    ["approve", { label: "approve", value: "approve" }],
    [3, { label: "3", value: 3 }],
    [
      { label: "Yes", value: 1, description: "for good", style: "danger" },
      { label: "Yes", value: 1, description: "for good", style: "danger" },
    ],
    [
      { label: "Approve", type: "action" },
      { label: "Approve", value: "Approve" },
    ],
    [{ value: { a: 1 } }, { label: '{"a":1}', value: { a: 1 } }],
    [null, { label: "null", value: null }],
  ] as const)("%j", ([given, option]) => {
    expect(optionsOf({ options: [given] })).toEqual([option]);
  });
});

test.for([
  [
    [{ id: "again", label: "Once more" }, "stop"],
    ["Once more=again", "stop=stop"],
  ],
  [
    { again: "Once more", stop: { label: "Stop", style: "danger" }, go: true },
    ["Once more=again", "Stop=stop", "go=go"],
  ],
  [{}, []],
  [null, []],
] as const)("actions of %j", ([actions, expected]) => {
  expect(actionsOf(question({ actions })).map(({ label, value }) => `${label}=${value}`)).toEqual(expected);
});

test("items are questions of their own; their metadata are options", () => {
  const items = [
    { id: "a", label: "A", type: "select", message: "m", options: ["x"], metadata: { mode: "multiple" } },
    { id: "b", type: "signature", default: 1, required: false },
    "no item",
  ];
  expect(itemsOf(question({ items }))).toMatchObject([
    { label: "A", required: true, question: { id: "a", kind: "select", details: { mode: "multiple" } } },
    { label: "b", required: false, question: { id: "b", kind: "input", message: "", default: 1 } },
  ]);
});

test("a schema of named fields is a form", () => {
  const response_schema = {
    required: ["name"],
    properties: {
      name: { type: "string", title: "Name", description: "Yours" },
      age: { type: "integer", default: 7 },
      size: { enum: ["s", "m"] },
      tags: { type: "array", items: { enum: ["x", "y"] } },
      loud: { type: "boolean" },
      rest: true,
    },
  };
  expect(formOf(question({ response_schema }))).toMatchObject([
    { label: "Name", required: true, question: { id: "name", kind: "input", message: "Yours" } },
    { label: "age", required: false, question: { kind: "custom", default: 7 } },
    { question: { kind: "select", options: ["s", "m"] } },
    { question: { kind: "select", options: ["x", "y"], details: { mode: "multiple" } } },
    { question: { kind: "approval" } },
    { question: { kind: "custom" } },
  ]);
});

test.for([{ type: "string" }, { properties: {} }, true, null])("%j is no form", (response_schema) => {
  expect(formOf(question({ response_schema }))).toBeUndefined();
});
