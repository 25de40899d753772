import { expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const answering = (value: Json): ProgramCase["options"] => ({
  answers: { "human.ask": () => ({ value, by: "ann" }) },
});

test.for<{ name: string; call: string; params: Json; answer: Json; result: unknown }>([
  {
    name: "approve, with a text",
    call: "Human.approve('Ship?')",
    params: { kind: "approval", message: "Ship?", details: {} },
    answer: true,
    result: true,
  },
  {
    name: "approve, refused",
    call: "Human.approve({message = 'Ship?', context = {v = 1}, timeout = 5})",
    params: { kind: "approval", timeoutSeconds: 5, details: { context: { v: 1 } } },
    answer: false,
    result: false,
  },
  {
    name: "input",
    call: "Human.input({message = 'Name?', placeholder = 'x', default = 'anon'})",
    params: { kind: "input", message: "Name?", default: "anon", details: { placeholder: "x" } },
    answer: "Ann",
    result: "Ann",
  },
  {
    name: "review",
    call: "Human.review({message = 'Look', artifact = 'draft'})",
    params: {
      kind: "review",
      options: [
        { label: "Approve", value: "approved", type: "action", style: "primary" },
        { label: "Reject", value: "rejected", type: "action", style: "danger" },
      ],
      details: { artifact: "draft", artifact_type: "artifact" },
    },
    answer: { decision: "approved", feedback: "" },
    result: { decision: "approved", feedback: "" },
  },
  {
    name: "review with decisions of its own",
    call: "Human.review({options = {'request_changes', {label = 'No', value = 'no', style = 'danger'}}})",
    params: {
      kind: "review",
      message: "Review requested",
      options: [
        { label: "Request_Changes", type: "action" },
        { label: "No", value: "no", style: "danger" },
      ],
    },
    answer: { decision: "no" },
    result: { decision: "no" },
  },
  {
    name: "select",
    call: "Human.select({message = 'Pick', options = {'a', {label = 'B', value = 'b'}}})",
    params: { kind: "select", options: ["a", { label: "B", value: "b" }], details: { mode: "single" } },
    answer: "b",
    result: "b",
  },
  {
    name: "select of several",
    call: "Human.select({options = {'a', 'b'}, mode = 'multiple', max = 2, style = 'checkbox'})",
    params: {
      kind: "select",
      message: "Selection required",
      details: { mode: "multiple", min: 1, max: 2, style: "checkbox" },
    },
    answer: ["a", "b"],
    result: ["a", "b"],
  },
  {
    name: "select of several, or none",
    call: "Human.select({options = {'a'}, mode = 'multiple', min = 0, default = {}})",
    params: { details: { min: 0 } },
    answer: [],
    result: {},
  },
  {
    name: "upload",
    call: "Human.upload({accept = '.csv, image/*', max_size = '1.5KB'})",
    params: {
      kind: "upload",
      message: "File upload requested",
      details: { accept: [".csv", "image/*"], max_size: 1536, multiple: false },
    },
    answer: { path: "a.csv", size: 3 },
    result: { path: "a.csv", size: 3 },
  },
  {
    name: "upload of several with a size that is none",
    call: "Human.upload({accept = {'csv'}, max_size = 'huge', multiple = true})",
    params: { details: { accept: ["csv"], max_size: 10485760, multiple: true } },
    answer: [{ path: "a.csv" }],
    result: [{ path: "a.csv" }],
  },
  {
    name: "upload in bytes, without an answer",
    call: "Human.upload({max_size = 7})",
    params: { details: { accept: [], max_size: 7 } },
    answer: null,
    result: null,
  },
  {
    name: "what a question may say of its answer and its object",
    call: `Human.input({message = 'm', action_key = 'k', resource_refs = {'r'}, preconditions = {p = 1},
      expires_at = '2026-01-01T00:00:00Z', response_schema = {type = 'string'}, ui_schema = {u = 1}})`.replaceAll(
      "\n",
      " ",
    ),
    params: {
      details: {
        action_key: "k",
        resource_refs: ["r"],
        preconditions: { p: 1 },
        expires_at: "2026-01-01T00:00:00Z",
        response_schema: { type: "string" },
        ui_schema: { u: 1 },
      },
    },
    answer: "x",
    result: "x",
  },
  {
    name: "escalate",
    call: "Human.escalate({message = 'Help', timeout = 5})",
    params: { kind: "escalation", details: { severity: "error" } },
    answer: null,
    result: null,
  },
  {
    name: "multiple",
    call: "Human.multiple({{id = 'a', label = 'A', type = 'input', message = 'a?'}})",
    params: {
      kind: "inputs",
      details: { items: [{ id: "a", label: "A", type: "input", message: "a?", required: true }] },
    },
    answer: { a: [1] },
    result: { a: [1] },
  },
  {
    name: "custom",
    call: "Human.custom({component_type = 'chart', message = 'See', actions = {{id = 'a'}}})",
    params: { kind: "custom", details: { component_type: "chart", data: {}, actions: [{ id: "a" }] } },
    answer: { x: 1 },
    result: { x: 1 },
  },
  {
    name: "a declared point",
    call: "Human.approve({config_key = 'gate', timeout = 3})",
    params: { kind: "approval", message: "Open?", timeoutSeconds: 3 },
    answer: true,
    result: true,
  },
])("$name", ({ call, params, answer, result }) => {
  const { requests, events } = expectProgram({
    name: "",
    declare: 'Hitl("gate", { type = "approval", message = "Open?", timeout = 60 })',
    body: `return ${call}`,
    options: answering(answer) ?? {},
    result,
  });
  expect(requests).toMatchObject([
    { method: "human.ask", params: { ...Object(params), at: { file: "main.tac", line: 3 } } },
  ]);
  expect(events).toMatchObject([{ type: "checkpoint", kind: "human", value: answer }]);
});

test("a mocked run answers by itself", () => {
  const { requests } = expectProgram({
    name: "",
    body: "return {Human.approve('a'), Human.input('b'), Human.review('c').decision, Human.escalate('d') == nil}",
    options: { mock: true },
    result: [true, "test input", "Approve", true],
  });
  expect(requests).toEqual([]);
});

test("notify is a log event and no checkpoint", () => {
  const { events } = expectProgram({
    name: "",
    body: "Human.notify({message = 'fyi', level = 'warning'})",
    result: null,
  });
  expect(events).toMatchObject([{ type: "log", level: "warn", message: "fyi", at: { line: 3 } }]);
});

const failing: readonly ProgramCase[] = [
  { name: "no items", body: "Human.multiple({})", fails: /at least one item/ },
  { name: "an item without an id", body: "Human.multiple({{label = 'A'}})", fails: /'id' field/ },
  {
    name: "two items of one id",
    body: "local i = {id = 'a', label = 'A', type = 't', message = 'm'}; Human.inputs({i, i})",
    fails: /duplicate item ID: a/,
  },
  {
    name: "a point that is not declared",
    body: "Human.approve({config_key = 'none'})",
    fails: /no Hitl\("none"/,
  },
  {
    name: "a timeout that is no number",
    body: "Human.approve({timeout = 'soon'})",
    fails: /'timeout' must be/,
  },
  { name: "custom without a message", body: "Human.custom({component_type = 'c'})", fails: /'message'/ },
  { name: "custom without a type", body: "Human.custom({message = 'm'})", fails: /component_type/ },
];

test.for(failing)("$name", (program) => {
  expectProgram(program);
});

test("a refusal is an error with its code", () => {
  const refuse = (): never => {
    throw new RequestRefused("human-failed", "Nobody answered.");
  };
  expectProgram({
    name: "",
    body: "Human.approve('x')",
    options: { answers: { "human.ask": refuse } },
    fails: "human-failed",
  });
});
