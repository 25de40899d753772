import { describe, expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { fail, ok } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { settleAnswer } from "./settle-answer.ts";
import type { UploadFiles } from "./uploads.ts";

const sizes: Readonly<Record<string, number>> = { "in/a.csv": 20, "in/b.png": 2000 };

const files: UploadFiles = {
  async status({ path }) {
    if (path.startsWith("..")) return fail({ code: "file-denied", message: `${path} is refused` });
    const bytes = sizes[path];
    return ok({ exists: bytes !== undefined, bytes: bytes ?? 0 });
  },
};

function question(kind: HumanQuestion["kind"], more: Partial<HumanQuestion> = {}): HumanQuestion {
  return { id: "q1", kind, message: "Well?", details: {}, ...more };
}

function settle(asked: HumanQuestion, given: Json) {
  return settleAnswer(asked, given, files);
}

const several = question("select", {
  options: ["a", "b", "c"],
  details: { mode: "multiple", min: 1, max: 2 },
});
const decisions = question("review", {
  options: [
    { label: "Approve", value: "approved" },
    { label: "Request_Changes", type: "action" },
  ],
  details: { artifact: "draft" },
});
const batch = question("inputs", {
  details: {
    items: [
      { id: "city", label: "City", type: "input", message: "Which?" },
      { id: "size", label: "Size", type: "select", message: "Which?", options: ["s", "m"], default: "m" },
      {
        id: "extras",
        label: "Extras",
        type: "select",
        message: "Which?",
        options: ["x", "y"],
        required: false,
        metadata: { mode: "multiple" },
      },
      { id: "sure", label: "Sure", type: "approval", message: "?", required: false },
    ],
  },
});
const csv = question("upload", { details: { accept: [".csv", "image/*"], max_size: 1000, multiple: false } });
const csvFile = { path: "in/a.csv", name: "a.csv", size: 20, mime_type: "text/csv" };

describe("fits", () => {
  test.for<[HumanQuestion, Json, Json]>([
    [question("approval"), false, false],
    [question("input"), "", ""],
    [question("input", { options: [{ label: "One", value: 1 }] }), 1, 1],
    [question("select", { options: ["a", "b"] }), "b", "b"],
    [question("select", { options: [{ label: "A", value: { deep: 1 } }] }), { deep: 1 }, { deep: 1 }],
    [several, ["a", "c"], ["a", "c"]],
    [decisions, "approved", { decision: "approved", feedback: "", edited_artifact: "draft" }],
    [decisions, "Approve", { decision: "approved", feedback: "", edited_artifact: "draft" }],
    [decisions, { decision: "approve" }, { decision: "approve", feedback: "", edited_artifact: "draft" }],
    [
      question("review", { options: [{ label: "Ship It", value: "ship" }] }),
      { decision: "ship it" },
      { decision: "ship", feedback: "", edited_artifact: null },
    ],
    [
      decisions,
      { decision: "request_changes", feedback: "why", edited_artifact: "new" },
      { decision: "request_changes", feedback: "why", edited_artifact: "new" },
    ],
    [
      question("review"),
      { decision: "anything" },
      { decision: "anything", feedback: "", edited_artifact: null },
    ],
    [batch, { city: "Rome", sure: true }, { city: "Rome", size: "m", sure: true }],
    [batch, { city: "Rome", size: "s", extras: [] }, { city: "Rome", size: "s", extras: [] }],
    [csv, "in/a.csv", csvFile],
    [csv, { path: "in/a.csv", size: 1, mime_type: "forged" }, csvFile],
    [question("upload", { details: { multiple: true } }), ["in/a.csv"], [csvFile]],
    [question("escalation"), true, true],
    [question("escalation"), null, null],
    [question("custom"), [1, 2], [1, 2]],
  ])("%o ← %o", async ([asked, given, answer]) => {
    expect(await settle(asked, given)).toEqual(ok(answer));
  });
});

describe("does not fit", () => {
  test.for<[HumanQuestion, Json, string]>([
    [question("approval"), "yes", "true or false"],
    [question("input"), 7, "a text"],
    [question("select", { options: ["a"] }), "c", "none of the options: a."],
    [question("select"), "c", "there are none"],
    [several, "a", "a list"],
    [several, ["a", "d"], "no option: a, b, c"],
    [several, [], "At least 1"],
    [several, ["a", "b", "c"], "At most 2"],
    [several, ["a", "a"], "twice"],
    [decisions, { decision: "reject" }, "none of the options: Approve, Request_Changes"],
    [decisions, "constructor", "none of the options"],
    [decisions, { decision: true }, "{decision"],
    [decisions, { decision: "approve", feedback: 7 }, "{decision"],
    [decisions, 7, "{decision"],
    [batch, ["a"], "an object of id and value"],
    [batch, {}, "City: an answer is required."],
    [batch, { city: "" }, "City: an answer is required."],
    [batch, { city: "Rome", size: "xl" }, "Size: The answer is none of the options"],
    [batch, { city: "Rome", extras: "x" }, "Extras: A selection of several"],
    [batch, { city: "Rome", constructor: 1 }, 'no question with the id "constructor"'],
    [csv, 7, "by its path"],
    [csv, "in/none.csv", "no file"],
    [csv, "../../secret", "refused"],
    [csv, "in/b.png", "2000 bytes; 1000 are allowed"],
    [question("upload", { details: { accept: "csv, .txt" } }), "in/b.png", "accepted kind: csv, .txt"],
    [csv, ["in/a.csv"], "one file"],
    [question("upload", { details: { multiple: true } }), "in/a.csv", "a list"],
    [question("upload", { details: { multiple: true } }), [], "No file"],
    [question("custom"), "x".repeat(1024 * 1024), "too long"],
    [question("custom"), nested(40), "too deeply"],
  ])("%o ← %o", async ([asked, given, problem]) => {
    expect(await settle(asked, given)).toEqual({ ok: false, error: expect.stringContaining(problem) });
  });
});

describe("a schema can't hold up the host", () => {
  test.for<[string, Json, Json]>([
    ["an endless pattern", { pattern: "^(a+)+$" }, `${"a".repeat(40)}!`],
    ["references that double at every step", doublingReferences(40), 1],
    ["a reference to itself", { $ref: "#" }, 1],
    ["a reference to elsewhere", { $ref: "https://example.com/schema.json" }, 1],
  ])("%s", async ([, response_schema, given]) => {
    const settled = await settle(question("custom", { details: { response_schema } }), given);
    expect(settled).toEqual({ ok: false, error: expect.stringContaining("response_schema is invalid") });
  });
});

test("an older dialect is read by its own rules", async () => {
  const response_schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    items: [{ type: "integer" }],
  };
  const asked = question("custom", { details: { response_schema } });
  expect(await settle(asked, [1])).toEqual(ok([1]));
  expect(await settle(asked, ["1"])).toMatchObject({ ok: false });
});

function nested(depth: number): Json {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

/** Each definition uses the next one twice: to check the first one takes 2^steps checks. */
function doublingReferences(steps: number): Json {
  const step = (index: number): Json =>
    index === steps ? { type: "integer" } : { allOf: [ref(index + 1), ref(index + 1)] };
  const ref = (index: number): Json => ({ $ref: `#/$defs/d${index}` });
  const $defs = Object.fromEntries(
    Array.from({ length: steps + 1 }, (_, index) => [`d${index}`, step(index)]),
  );
  return { ...(ref(0) as object), $defs };
}
