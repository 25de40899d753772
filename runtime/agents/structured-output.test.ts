import { describe, expect, test } from "vitest";
import type { JsonObject } from "#common/json.ts";
import { failureOf, turn } from "./scripted-turn.ts";

describe("structured output", () => {
  const output = {
    score: { type: "integer", required: true, min: 0 },
    tags: { type: "array", required: false },
    mood: { type: "string", required: false, enum: ["good", "bad"] },
  };

  test.for<[label: string, text: string, expected: JsonObject]>([
    ["JSON", '{"score": 3}', { score: 3 }],
    ["in a fence", '```json\n{"score": 3}\n```', { score: 3 }],
    ["texts become the type", '{"score": "4", "tags": "[1]"}', { score: 4, tags: [1] }],
    ["further fields stay", '{"score": 1, "why": "x"}', { score: 1, why: "x" }],
  ])("%s", ([, text, expected]) => {
    const { run, result } = turn([{ text }], { output, tools: [] });
    expect(result.output).toEqual(expected);
    expect(run.requests[0]?.outputSchema).toMatchObject({ type: "object", required: ["score"] });
    expect(run.requests[0]?.messages[0]).toMatchObject({
      text: expect.stringContaining("- score: integer, required"),
    });
  });

  test.for<[text: string, message: string]>([
    ["plain prose", "Agent 'clerk' did not answer with a JSON object."],
    ["{}", "Agent 'clerk': output 'score' is required (integer)"],
    ['{"score": "many"}', "Agent 'clerk': output 'score' must be an integer, got string \"many\""],
    ['{"score": -1}', "Agent 'clerk': output 'score' must be at least 0, got -1"],
    ['{"score": 1, "mood": "odd"}', 'must be one of "good", "bad"'],
  ])("%s is refused", ([text, message]) => {
    const failure = failureOf(() => turn([{ text }], { output, tools: [] }));
    expect(failure).toEqual({ code: "output-invalid", message: expect.stringContaining(message) });
  });

  test("an agent with tools may answer in prose", () => {
    expect(turn([{ text: "prose" }], { output }).result.output).toBe("prose");
  });

  test.for<[type: string, text: string, expected: unknown]>([
    ["string", "42", "42"],
    ["integer", "42", 42],
    ["boolean", "true", true],
  ])("one value of type %s", ([type, text, expected]) => {
    expect(turn([{ text }], { output: { type, required: true }, tools: [] }).result.output).toBe(expected);
  });

  test.for<[text: string, expected: unknown]>([
    ["42", 42],
    ['{"a": 1}', { a: 1 }],
    ["just text", "just text"],
  ])("without a schema %s is taken as it is", ([text, expected]) => {
    expect(turn([{ text }]).result.output).toEqual(expected);
  });
});
