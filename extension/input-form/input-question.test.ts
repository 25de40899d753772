import { describe, expect, test } from "vitest";
import type { FieldDescription } from "./field-description.ts";
import { answerOf, questionFor } from "./input-question.ts";

function field(type: FieldDescription["type"], more: Partial<FieldDescription> = {}): FieldDescription {
  return { name: "x", type, required: false, ...more };
}

describe("a box has the remembered value, else the default", () => {
  test.for([
    [field("string"), undefined, ""],
    [field("string", { default: "A-1001" }), undefined, "A-1001"],
    [field("string", { default: "A-1001" }), "B-2", "B-2"],
    [field("array", { default: [1, 2] }), undefined, "[1,2]"],
    [field("number", { default: 0 }), undefined, "0"],
  ] as const)("%j, remembered %j: %s", ([described, remembered, text]) => {
    expect(questionFor(described, remembered)).toMatchObject({ kind: "text", text });
  });
});

describe("choices", () => {
  test.for([
    [field("string", { enum: ["a", "b"], default: "b" }), undefined, ["a", "b"], 1],
    [field("string", { enum: ["a", "b"], default: "b" }), "a", ["a", "b"], 0],
    [field("string", { enum: ["a", "b"] }), undefined, ["a", "b", "Leave out"], 0],
    [field("string", { enum: ["a", "b"], required: true }), "gone", ["a", "b"], 0],
    [field("boolean", { default: false }), undefined, ["true", "false"], 1],
    [field("boolean", { required: true }), true, ["true", "false"], 0],
    [field("integer", { enum: [1, 2], required: true }), 2, ["1", "2"], 1],
  ] as const)("%j, remembered %j", ([described, remembered, labels, active]) => {
    const question = questionFor(described, remembered);
    if (question.kind !== "choice") throw new Error("not a choice");
    expect(question.choices.map(({ label }) => label)).toEqual(labels);
    expect(question.active).toBe(active);
  });
});

describe("what was typed becomes a value", () => {
  test.for([
    [field("string"), "hello", "hello"],
    [field("string"), " ", " "],
    [field("string"), "", undefined],
    [field("integer"), " 42 ", 42],
    [field("number"), "-2.5e1", -25],
    [field("boolean"), "true", true],
    [field("array"), "[1]", [1]],
    [field("object"), '{"a":1}', { a: 1 }],
    [field("array"), "", undefined],
  ] as const)("%j: %j is %j", ([described, text, value]) => {
    expect(answerOf(described, text)).toEqual({ ok: true, value });
  });
});

describe("what does not fit is said", () => {
  test.for([
    [field("string", { required: true }), "", "required"],
    [field("integer"), "1.5", "whole number"],
    [field("integer"), "0x10", "Enter a number"],
    [field("number"), "Infinity", "Enter a number"],
    [field("number", { minimum: 3 }), "2", "smallest value is 3"],
    [field("number", { maximum: 3 }), "4", "largest value is 3"],
    [field("boolean"), "yes", "true or false"],
    [field("array"), "{}", "type array"],
    [field("object"), "[1]", "type object"],
    [field("object"), "{", "Enter JSON"],
  ] as const)("%j: %j", ([described, text, message]) => {
    expect(answerOf(described, text)).toEqual({ ok: false, error: expect.stringContaining(message) });
  });
});
